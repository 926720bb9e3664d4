import { beforeEach, expect, test } from 'vitest';
import { CursorStore } from '../../../worker/room/rows/cursor-store.ts';
import { migrate } from '../../../worker/room/rows/schema.ts';
import type { ObjectSql } from '../../../worker/sql.ts';
import { nodeRoomSql } from '../../support/node-room.ts';

const PACK_PEOPLE = 500;

let sql: ObjectSql;
let cursors: CursorStore;

beforeEach(() => {
  sql = nodeRoomSql();
  migrate(sql);
  cursors = new CursorStore(sql);
});

const read = (userId: string, readSeq: number) => ({ userId, readSeq, readAt: 5, mark: 0 });
const packs = () => sql.exec<{ pack: number }>('SELECT pack FROM cursor_packs').toArray().length;
/** The cursors as they are after an eviction. */
const evicted = () => new CursorStore(sql);

test('cursors move in memory until they are saved, many people in one row', () => {
  for (let n = 0; n < 100; n += 1) cursors.put(read(`user_${n}`, n));
  expect(cursors.cursor('user_7').readSeq).toBe(7);
  expect([packs(), evicted().cursor('user_7').readSeq]).toEqual([0, 0]);
  cursors.save();
  expect([packs(), evicted().cursor('user_7').readSeq]).toEqual([1, 7]);
});

test('a pack that is full is followed by another, and everyone stays in theirs', () => {
  for (let n = 0; n <= PACK_PEOPLE; n += 1) cursors.put(read(`user_${n}`, 1));
  cursors.save();
  expect(packs()).toBe(2);
  const later = evicted();
  later.put(read('user_0', 2));
  later.put(read(`user_${PACK_PEOPLE + 1}`, 2));
  later.save();
  expect(packs()).toBe(2);
  expect(evicted().cursor('user_0').readSeq).toBe(2);
});

test('only packs in which someone moved are written again', () => {
  for (let n = 0; n <= PACK_PEOPLE; n += 1) cursors.put(read(`user_${n}`, 1));
  cursors.save();
  cursors.setMirrored(cursors.dirty(10));
  expect(cursors.dirty(10)).toEqual([]);
  cursors.put(read(`user_${PACK_PEOPLE}`, 3));
  cursors.save();
  cursors.save();
  expect(cursors.dirty(10).map(({ pack, version }) => [pack, version])).toEqual([[1, 2]]);
});

test('how far messages were delivered is known only in memory, and never behind what was read', () => {
  cursors.deliver('user_ada', 9);
  cursors.put(read('user_ada', 4));
  cursors.save();
  expect(cursors.cursor('user_ada').deliveredSeq).toBe(9);
  expect(evicted().cursor('user_ada').deliveredSeq).toBe(4);
});

test('what a rolled back transaction had saved is saved again', () => {
  cursors.put(read('user_ada', 4));
  expect(() =>
    sql.transaction(() => {
      cursors.save();
      throw new Error('undone');
    }),
  ).toThrow('undone');
  cursors.rolledBack();
  cursors.save();
  expect(evicted().cursor('user_ada').readSeq).toBe(4);
});

test('a pack that was saved while D1 wrote it stays to be mirrored', () => {
  cursors.put(read('user_ada', 4));
  cursors.save();
  const written = cursors.dirty(10);
  cursors.put(read('user_ada', 5));
  cursors.save();
  cursors.setMirrored(written);
  expect(cursors.dirty(10).map(({ version }) => version)).toEqual([2]);
});
