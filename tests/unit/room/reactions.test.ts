import { v7 as uuidv7 } from 'uuid';
import { expect, test } from 'vitest';
import {
  REACTION_USERS,
  REACTIONS_IN_ALL,
  REACTIONS_PER_PERSON,
} from '../../../protocol/limits.ts';
import { nodeRoom, person } from '../../support/node-room.ts';

const EMOJI = [...'👍🎉🚀🔥👀💡🙏😀😂🥳🌱🌍🍕☕🎸📚🧠🦆🐢⚡🧩'];
const ada = person('Ada').id;

/** A message, and as many users as its limit of reactions needs. */
function crowd() {
  const names = Array.from(
    { length: REACTIONS_IN_ALL / REACTIONS_PER_PERSON + 1 },
    (_, n) => `Member${n}`,
  );
  const room = nodeRoom(names);
  const id = uuidv7();
  room.conversation.send(ada, { id, content: 'an announcement' });
  const people = names.map((name) => person(name).id);
  const react = (userId: string, emoji: string) =>
    room.conversation.react(userId, { id, emoji, op: 'add' });
  return { room, id, people, react };
}

test('a message has a limit of reactions, and the error says so', () => {
  const { room, people, react } = crowd();
  const [last, ...others] = people;
  if (last === undefined) throw new Error('no one is there');
  for (const userId of others) {
    for (const emoji of EMOJI.slice(0, REACTIONS_PER_PERSON)) react(userId, emoji);
  }
  const before = room.store.counter();
  expect(react(last, '👍')).toMatchObject({ ok: false, failure: { code: 'conflict' } });
  expect(room.store.counter()).toBe(before);
  // Each reaction is counted before the next one.
}, 60_000);

test('a message names the latest hundred users who reacted, and counts all', () => {
  const { room, id, people, react } = crowd();
  for (const userId of people) react(userId, '👍');
  const [reaction] = room.store.messages.byId(id)?.reactions ?? [];
  expect(reaction?.count).toBe(people.length);
  expect(reaction?.userIds).toEqual(people.slice(-REACTION_USERS));
});
