import { v7 as uuidv7 } from 'uuid';
import { beforeEach, describe, expect, it } from 'vitest';
import { fail, ok } from '../../../protocol/errors.ts';
import { Entries, type EntriesEffects } from '../../../worker/inbox/entries.ts';
import { EntryStore } from '../../../worker/inbox/rows/entry-store.ts';
import { createTables } from '../../../worker/inbox/rows/schema.ts';
import type { ObjectSql } from '../../../worker/sql.ts';
import { entryOf } from '../../support/inbox-entry.ts';
import { nodeRoomSql } from '../../support/node-room.ts';

/** The entry of a group with this many unread messages. */
const unreadEntry = (groupId: string, unread: number) => entryOf({ unread }, { id: groupId });

/** The Rooms of one user and what their Inbox asks of them. */
class Rooms {
  readonly unread = new Map<string, number>();
  readonly failing = new Set<string>();
  readonly hidden = new Set<string>();
  asked: string[] = [];
  mostAtOnce = 0;
  #atOnce = 0;
  sent: { groupId: string; before: number | undefined; after: number }[] = [];
  removed: string[] = [];
  left: string[] = [];
  isDirectoryDown = false;

  effects(): EntriesEffects {
    return {
      userId: 'user_grace',
      counters: async () => {
        if (this.isDirectoryDown) throw new Error('D1 is down');
        return new Map([...this.unread].map(([groupId, unread]) => [groupId, unread + 1]));
      },
      roomOf: (groupId) => ({
        subscribe: async () => {
          this.asked.push(groupId);
          this.#atOnce += 1;
          this.mostAtOnce = Math.max(this.mostAtOnce, this.#atOnce);
          await Promise.resolve();
          this.#atOnce -= 1;
          if (this.failing.has(groupId)) return fail('unavailable', 'The Room does not answer.');
          const unread = this.unread.get(groupId);
          if (unread === undefined) return fail('not_found', 'There is no such group.');
          const entry = this.hidden.has(groupId) ? undefined : unreadEntry(groupId, unread);
          return ok({ entry, counter: unread + 1 });
        },
      }),
      changed: (before, { group, unread }) =>
        this.sent.push({ groupId: group.id, before: before?.unread, after: unread }),
      removed: (groupId) => this.removed.push(groupId),
      left: (groupId) => this.left.push(groupId),
    };
  }
}

let sql: ObjectSql;
let rooms: Rooms;
let ids: string[];

/** The Inbox in memory; called again, the same Inbox after an eviction. */
const wake = () => new Entries(new EntryStore(sql), rooms.effects());
const unreadIn = (entries: Entries) =>
  new Map(entries.list().map(({ group, unread }) => [group.id, unread]));

beforeEach(() => {
  sql = nodeRoomSql();
  createTables(sql);
  rooms = new Rooms();
  ids = Array.from({ length: 500 }, () => uuidv7());
  for (const id of ids) rooms.unread.set(id, 0);
});

describe('a user in 500 groups', () => {
  it('costs a call for each on the first connect, at most 40 at once', async () => {
    const entries = wake();
    expect(await entries.heal()).toMatchObject({ value: { isComplete: true } });
    expect(rooms.asked).toHaveLength(500);
    expect(rooms.mostAtOnce).toBeLessThanOrEqual(40);
    expect(unreadIn(entries).size).toBe(500);
  });

  it.for([
    ['in memory', false],
    ['after an eviction', true],
  ] as const)('costs as many calls later as groups have changed, %s', async ([, isEvicted]) => {
    const first = wake();
    await first.heal();
    rooms.asked = [];
    for (const id of ids.slice(0, 10)) rooms.unread.set(id, 3);
    const second = isEvicted ? wake() : first;
    await second.heal();
    expect(rooms.asked.toSorted()).toEqual(ids.slice(0, 10).toSorted());
    expect(unreadIn(second)).toEqual(rooms.unread);
  });
});

describe('an entry that an earlier version stored', () => {
  it('is asked for once: it does not say when a followed thread got its last reply', async () => {
    await wake().heal();
    rooms.asked = [];
    const [id = ''] = ids;
    const { lastThreadReplyAt, ...old } = unreadEntry(id, 0);
    new EntryStore(sql).put(id, old, 1);
    const woken = wake();
    await woken.heal();
    await woken.heal();
    expect(rooms.asked).toEqual([id]);
    expect(woken.list().find(({ group }) => group.id === id)).toMatchObject({ lastThreadReplyAt });
  });
});

describe('a group that changed while nobody listened', () => {
  it.for([false, true])('is asked for at the next connect (evicted: %s)', async (isEvicted) => {
    const [id = ''] = ids;
    const first = wake();
    await first.heal();
    // The counter in the directory may be late.
    first.received(id, unreadEntry(id, 1), { counter: 1, isListening: false });
    rooms.asked = [];
    const second = isEvicted ? wake() : first;
    await second.heal();
    expect(rooms.asked).toEqual([id]);
  });

  it('costs one row, however much changes', async () => {
    const entries = wake();
    await entries.heal();
    const [id = ''] = ids;
    let writes = 0;
    const counting = new Entries(
      new EntryStore({
        ...sql,
        exec: (query, ...bindings) => {
          if (!query.startsWith('SELECT')) writes += 1;
          return sql.exec(query, ...bindings);
        },
      }),
      rooms.effects(),
    );
    for (let unread = 1; unread <= 50; unread += 1) {
      counting.received(id, unreadEntry(id, unread), { counter: unread, isListening: true });
    }
    expect(writes).toBe(1);
  });
});

describe('clients that are open', () => {
  it('learn what the healing for another client found', async () => {
    const [id = ''] = ids;
    const entries = wake();
    await entries.heal();
    rooms.sent = [];
    rooms.unread.set(id, 4);
    await entries.heal();
    expect(rooms.sent).toEqual([{ groupId: id, before: 0, after: 4 }]);
  });

  it('get the whole entry after an eviction, since they may show another one than is stored', async () => {
    const [id = ''] = ids;
    const entries = wake();
    await entries.heal();
    entries.received(id, unreadEntry(id, 1), { counter: 2, isListening: true });
    const woken = wake();
    rooms.sent = [];
    await woken.heal();
    expect(rooms.sent).toEqual([{ groupId: id, before: undefined, after: 0 }]);
  });

  it('learn that they are in a group no more', async () => {
    const [id = ''] = ids;
    const entries = wake();
    await entries.heal();
    rooms.unread.delete(id);
    await entries.heal();
    expect(rooms.removed).toEqual([id]);
    expect(unreadIn(entries).has(id)).toBe(false);
  });
});

describe('a hidden group', () => {
  it('is asked for once, and not at every connect, also after an eviction', async () => {
    const [id = ''] = ids;
    rooms.hidden.add(id);
    const entries = wake();
    await entries.heal();
    expect(unreadIn(entries).has(id)).toBe(false);
    rooms.asked = [];
    await entries.heal();
    const woken = wake();
    await woken.heal();
    expect(rooms.asked).toEqual([]);
    expect(unreadIn(woken).has(id)).toBe(false);
  });

  it('disappears for clients once, and is whole for them when it comes back', async () => {
    const [id = ''] = ids;
    const entries = wake();
    await entries.heal();
    rooms.sent = [];
    for (const counter of [2, 3]) {
      entries.received(id, undefined, { counter, isListening: true });
    }
    expect(rooms.removed).toEqual([id]);
    expect(unreadIn(entries).has(id)).toBe(false);
    entries.received(id, unreadEntry(id, 1), { counter: 4, isListening: true });
    expect(rooms.sent).toEqual([{ groupId: id, before: undefined, after: 1 }]);
  });

  it('is asked for when it changed while nobody listened', async () => {
    const [id = ''] = ids;
    const entries = wake();
    await entries.heal();
    entries.received(id, undefined, { counter: 2, isListening: false });
    rooms.asked = [];
    const woken = wake();
    await woken.heal();
    expect(rooms.asked).toEqual([id]);
  });
});

describe('a Room that does not answer', () => {
  it('keeps its last entry, and is asked again', async () => {
    const [id = ''] = ids;
    const entries = wake();
    await entries.heal();
    rooms.unread.set(id, 2);
    rooms.failing.add(id);
    expect(await entries.heal()).toMatchObject({ value: { isComplete: false } });
    expect(unreadIn(entries).get(id)).toBe(0);
    rooms.failing.clear();
    expect(await entries.heal()).toMatchObject({ value: { isComplete: true } });
    expect(unreadIn(entries).get(id)).toBe(2);
  });

  it('does not hide the others while D1 is down too', async () => {
    const entries = wake();
    await entries.heal();
    rooms.isDirectoryDown = true;
    expect(await entries.heal()).toMatchObject({ value: { isComplete: false } });
    expect(unreadIn(entries).size).toBe(500);
  });

  it('is a failure for a user of whom nothing is known', async () => {
    rooms.isDirectoryDown = true;
    expect(await wake().heal()).toMatchObject({ failure: { code: 'unavailable' } });
  });
});
