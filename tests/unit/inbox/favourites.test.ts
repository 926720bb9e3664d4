import { v7 as uuidv7 } from 'uuid';
import { beforeEach, expect, test } from 'vitest';
import { FAVOURITES } from '../../../protocol/limits.ts';
import { Favourites } from '../../../worker/inbox/favourites.ts';
import { FavouriteStore } from '../../../worker/inbox/rows/favourite-store.ts';
import { createTables } from '../../../worker/inbox/rows/schema.ts';
import type { ObjectSql } from '../../../worker/sql.ts';
import { nodeRoomSql } from '../../support/node-room.ts';

let sql: ObjectSql;
let moved: Map<string, number | undefined>;

const wake = () =>
  new Favourites(new FavouriteStore(sql), (groupId, place) => moved.set(groupId, place));

beforeEach(() => {
  sql = nodeRoomSql();
  createTables(sql);
  moved = new Map();
});

const [a, b, c, d] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()];

/** Favourites with three groups in this order. */
function three(): Favourites {
  const favourites = wake();
  for (const id of [a, b, c]) favourites.put(id);
  moved.clear();
  return favourites;
}

test.each<[name: string, move: [groupId: string, before?: string], after: string[]]>([
  ['a new one comes last', [d], [a, b, c, d]],
  ['a new one may come before another', [d, b], [a, d, b, c]],
  ['one moves up', [c, a], [c, a, b]],
  ['one moves down', [a, c], [b, a, c]],
  ['one moves to the end', [a], [b, c, a]],
  ['one moves to the end if the other has gone', [a, d], [b, c, a]],
  ['one before itself stays', [b, b], [a, b, c]],
  ['one before the next stays', [a, b], [a, b, c]],
])('%s, and an eviction keeps the order', (_, [groupId, before], after) => {
  const favourites = three();
  expect(favourites.put(groupId, before).ok).toBe(true);
  expect(favourites.list()).toEqual(after);
  expect(wake().list()).toEqual(after);
});

test('only those whose place has changed are sent', () => {
  const favourites = three();
  favourites.put(c, b);
  expect([...moved]).toEqual([
    [b, 2],
    [c, 1],
  ]);
  moved.clear();
  favourites.put(c, b);
  expect(moved.size).toBe(0);
  favourites.remove(b);
  favourites.remove(d);
  expect([...moved]).toEqual([[b, undefined]]);
  expect(favourites.placeOf(c)).toBe(1);
});

test('there are not more favourites than a list can show; moving one still works', () => {
  const favourites = wake();
  const ids = Array.from({ length: FAVOURITES }, () => uuidv7());
  for (const id of ids) favourites.put(id);
  const refused = favourites.put(a);
  expect(refused.ok ? '' : refused.failure.code).toBe('conflict');
  expect(favourites.put(ids.at(-1) ?? '', ids[0]).ok).toBe(true);
  expect(favourites.list()).toHaveLength(FAVOURITES);
  expect(favourites.placeOf(ids.at(-1) ?? '')).toBe(0);
});
