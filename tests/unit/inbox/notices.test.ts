import { beforeEach, describe, expect, it } from 'vitest';
import { fail, ok } from '../../../protocol/errors.ts';
import { Notices } from '../../../worker/inbox/notices.ts';
import { type Notice, NoticeStore } from '../../../worker/inbox/rows/notice-store.ts';
import { createTables } from '../../../worker/inbox/rows/schema.ts';
import type { ObjectSql } from '../../../worker/sql.ts';
import { nodeRoomSql, person } from '../../support/node-room.ts';

const REVOKE: Notice = { type: 'revoke', sessionId: 'sess_1' };
const profile = (name: string): Notice => ({ type: 'profile', user: { ...person('Ada'), name } });

let sql: ObjectSql;
let now: number;
let groupIds: string[];
let told: { groupId: string; notice: Notice }[];
/** Groups whose Room does not answer, and how. */
let silent: Map<string, 'unavailable' | 'throws'>;
let atOnce: number[];
let isDirectoryDown: boolean;

beforeEach(() => {
  sql = nodeRoomSql();
  createTables(sql);
  now = 1_000;
  groupIds = Array.from({ length: 100 }, (_, at) => `group ${String(at).padStart(3, '0')}`);
  told = [];
  silent = new Map();
  atOnce = [];
  isDirectoryDown = false;
});

/** The notices in memory; called again, the same after an eviction. */
function wake(): Notices {
  let calls = 0;
  return new Notices(new NoticeStore(sql), {
    clock: () => now,
    groupIds: async (after, limit) => {
      if (isDirectoryDown) throw new Error('D1 is down');
      calls = 0;
      return groupIds.filter((id) => id > after).slice(0, limit);
    },
    tell: async (groupId, notice) => {
      calls += 1;
      atOnce.push(calls);
      const how = silent.get(groupId);
      if (how === 'throws') throw new Error('overloaded');
      if (how === 'unavailable') return fail('unavailable', 'Try again in a moment.');
      told.push({ groupId, notice });
      return ok(null);
    },
  });
}

/** Runs each time an alarm would, each time after an eviction. Returns the number of runs. */
async function runAll(most = 20): Promise<number> {
  for (let runs = 1; runs <= most; runs += 1) {
    const next = await wake().run();
    if (next === undefined) return runs;
    now = Math.max(now, next);
  }
  return most;
}

const toldOf = (notice: Notice) =>
  told.filter((it) => it.notice.type === notice.type).map(({ groupId }) => groupId);

describe('a notice', () => {
  it('reaches every Room once, at most 40 in a run, also with an eviction between the runs', async () => {
    wake().add(REVOKE);
    expect(await runAll()).toBe(4);
    expect(toldOf(REVOKE)).toEqual(groupIds);
    expect(Math.max(...atOnce)).toBeLessThanOrEqual(40);
  });

  it.for(['unavailable', 'throws'] as const)('reaches a Room later that %s now', async (how) => {
    silent.set('group 007', how).set('group 099', how);
    wake().add(REVOKE);
    await runAll(6);
    expect(toldOf(REVOKE)).toHaveLength(98);
    silent.clear();
    await runAll();
    expect(toldOf(REVOKE).toSorted()).toEqual(groupIds);
  });

  it('waits for D1', async () => {
    isDirectoryDown = true;
    wake().add(REVOKE);
    expect(await wake().run()).toBeGreaterThan(now);
    isDirectoryDown = false;
    await runAll();
    expect(toldOf(REVOKE)).toEqual(groupIds);
  });

  it('does not wait for an earlier one that a Room does not take', async () => {
    silent.set('group 007', 'unavailable');
    wake().add(profile('Ada'));
    await runAll(4);
    wake().add(REVOKE);
    silent.clear();
    silent.set('group 008', 'unavailable');
    const before = now;
    await runAll(5);
    expect(toldOf(REVOKE)).toHaveLength(99);
    expect(now).toBeLessThan(before + 10_000);
  });

  it('is given up after a day', async () => {
    silent.set('group 007', 'unavailable');
    wake().add(REVOKE);
    await runAll(4);
    now += 25 * 60 * 60_000;
    expect(await runAll()).toBe(1);
  });
});

it('a newer profile replaces one that not all Rooms have', async () => {
  wake().add(profile('Ada'));
  await wake().run();
  wake().add(profile('Countess'));
  await runAll();
  const names = told.map(({ notice }) => (notice.type === 'profile' ? notice.user.name : ''));
  expect(names).toHaveLength(140);
  expect(names.slice(40)).toEqual(groupIds.map(() => 'Countess'));
});
