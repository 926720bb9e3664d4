import { expect, test } from 'vitest';
import { GroupId, Uuid7 } from '../../../protocol/ids.ts';
import { directGroupId } from '../../../worker/api/direct-group-id.ts';

test('the id is the same for the same people, in any order and however often each is named', async () => {
  const id = await directGroupId(['user_b', 'user_a', 'user_c']);
  expect(await directGroupId(['user_c', 'user_b', 'user_a'])).toBe(id);
  expect(await directGroupId(['user_a', 'user_b', 'user_a', 'user_c'])).toBe(id);
});

test('other people have another id', async () => {
  const sets = [
    ['user_a', 'user_b'],
    ['user_a', 'user_c'],
    ['user_a', 'user_b', 'user_c'],
    ['user_au', 'ser_b'],
    ['user_a_user_b'],
    ['User_a', 'user_b'],
  ];
  const ids = await Promise.all(sets.map(directGroupId));
  expect(new Set(ids).size).toBe(sets.length);
});

test('it stays the same in every version: the conversations of before would be lost', async () => {
  expect(await directGroupId(['user_ada', 'user_grace'])).toBe(
    '2ad4a4dd-41c5-8dae-b58a-f90684f00ce2',
  );
});

test('it has the form of a group’s id, and no random one is like it', async () => {
  const ids = await Promise.all(
    Array.from({ length: 200 }, (_, n) => directGroupId(['user_ada', `user_${n}`])),
  );
  for (const id of ids) {
    expect(GroupId.safeParse(id).success).toBe(true);
    expect(Uuid7.safeParse(id).success).toBe(false);
  }
  expect(new Set(ids).size).toBe(ids.length);
});
