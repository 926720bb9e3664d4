import { expect, test } from 'vitest';
import type { MemberRole, User } from '../../../protocol/models.ts';
import type { MemberPlace, MemberQuery } from '../../../worker/member-query.ts';
import { type NodeRoom, nodeRoom, person } from '../../support/node-room.ts';

const ada = person('Ada').id;

/** A person with any name, and an id that has only letters and digits. */
function named(name: string): User {
  const id = Array.from(name, (letter) => letter.codePointAt(0)?.toString(36)).join('');
  return { ...person('Nobody'), id: `user_${id}`, name };
}

/** A group of Ada and these people. */
function groupOf(...names: string[]): NodeRoom {
  const room = nodeRoom();
  for (const name of names) room.membership.join(named(name));
  return room;
}

/** The names on a page, and where the next one begins. */
function pageOf(room: NodeRoom, query: MemberQuery): { names: string[]; next?: MemberPlace } {
  const { items, next } = room.store.members.list.page(query);
  return { names: items.map(({ user }) => user.name), ...(next && { next }) };
}

/** The names on all pages; `between` runs before each page but the first. */
function allOf(room: NodeRoom, limit: number, between: () => void = () => undefined): string[] {
  const names: string[] = [];
  let after: MemberPlace | undefined;
  do {
    if (after) between();
    const page = pageOf(room, { limit, after });
    names.push(...page.names);
    after = page.next;
  } while (after);
  return names;
}

function setRole(room: NodeRoom, name: string, role: MemberRole): void {
  const set = room.membership.setRole(ada, named(name).id, role);
  if (!set.ok) throw new Error(set.failure.detail);
}

test('members are listed by role and then by name, without regard to accents and capitals', () => {
  const room = groupOf('zoe', 'Élodie', 'Bob', 'emil', 'Carl');
  setRole(room, 'zoe', 'admin');
  setRole(room, 'Carl', 'guest');
  const everyone = ['Ada', 'zoe', 'Bob', 'Élodie', 'emil', 'Carl'];
  for (const limit of [1, 2, 4, 6, 100]) expect(allOf(room, limit)).toEqual(everyone);
});

test('nobody is listed twice or left out because others join or leave between two pages', () => {
  const stay = ['Bob', 'Carl', 'Dora', 'Emil', 'Fay', 'Gus'];
  const room = groupOf(...stay, 'Aaron', 'Zoe');
  let nth = 0;
  const names = allOf(room, 2, () => {
    nth += 1;
    room.membership.leave(named('Aaron').id);
    room.membership.leave(named('Zoe').id);
    room.membership.join(named(`Abe ${nth}`));
    room.membership.join(named(`Fred ${nth}`));
  });
  expect(names.filter((name) => stay.includes(name))).toEqual(stay);
  expect(new Set(names).size).toBe(names.length);
});

test('a search finds those whose name begins like this, in pages', () => {
  const room = groupOf('José', 'josephine', 'Bo Joseph', 'Jo', 'Josh');
  setRole(room, 'Josh', 'admin');
  const first = pageOf(room, { query: 'JOS', limit: 2 });
  expect(first.names).toEqual(['Josh', 'José']);
  expect(pageOf(room, { query: 'JOS', limit: 2, after: first.next })).toEqual({
    names: ['josephine'],
  });
  expect(pageOf(room, { query: 'jó', limit: 9 }).names).toHaveLength(4);
  expect(pageOf(room, { query: '%', limit: 9 })).toEqual({ names: [] });
});

test('a change of name or role moves a member', () => {
  const room = groupOf('Bob', 'Carl');
  room.membership.updateProfile({ ...named('Bob'), name: 'Zacharias' });
  expect(allOf(room, 1)).toEqual(['Ada', 'Carl', 'Zacharias']);
  setRole(room, 'Bob', 'owner');
  expect(allOf(room, 1)).toEqual(['Ada', 'Zacharias', 'Carl']);
  expect(pageOf(room, { query: 'zach', limit: 1 }).names).toEqual(['Zacharias']);
});

test('rows from before there were keys of names get theirs with the first page', () => {
  const written = groupOf('Élodie', 'Bob');
  written.sql.exec("UPDATE members SET name_key = ''");
  expect(pageOf(written, { query: 'elo', limit: 9 }).names).toEqual(['Élodie']);
  const keys = written.sql.exec<{ name_key: string }>('SELECT name_key FROM members').toArray();
  expect(new Set(keys.map((row) => row.name_key))).toEqual(new Set(['ada', 'elodie', 'bob']));
});

test('a page is read from the index, and sorts nothing', () => {
  const room = nodeRoom();
  const plan = room.sql
    .exec<{ detail: string }>(
      `EXPLAIN QUERY PLAN SELECT * FROM members WHERE left_at IS NULL AND role = 'member'
         AND (name_key, user_id) > ('a', 'b') AND name_key >= 'a' AND name_key < 'b' ORDER BY name_key, user_id LIMIT 9`,
    )
    .toArray()
    .map(({ detail }) => detail);
  expect(plan).toEqual([expect.stringMatching(/USING INDEX members_listed \(role=\? AND/)]);
});
