import { v7 as uuidv7 } from 'uuid';
import { expect, test } from 'vitest';
import type { Message } from '../../../protocol/models.ts';
import { type NodeRoom, nodeRoom, person } from '../../support/node-room.ts';

const ada = person('Ada').id;
const grace = person('Grace').id;
const linus = person('Linus').id;

function say(room: NodeRoom, content: string, userId = ada, parentId?: string): Message {
  const sent = room.conversation.send(userId, { id: uuidv7(), content, parentId });
  if (!sent.ok) throw new Error(sent.failure.detail);
  return sent.value.message;
}

/** The number of unread messages that mention each of the two. */
function mentions(room: NodeRoom): number[] {
  return [grace, linus].map((id) => room.store.messages.timeline.countUnread(id, 0, 100).mentions);
}

function following(room: NodeRoom, root: Message): string[] {
  return [ada, grace, linus].filter(
    (userId) => room.store.follows.find(userId, root.seq)?.following,
  );
}

test('a named member is mentioned, and a named non-member is not', () => {
  const room = nodeRoom(['Grace', 'Linus']);
  const { mentions: named } = say(room, `<@${grace}> and <@user_nobody> and <@${grace}>`);
  expect(named).toEqual([grace]);
  expect(mentions(room)).toEqual([1, 0]);
});

test.each([
  ['`<@all>`', [0, 0]],
  [`\`\`\`\n<@${grace}>\n\`\`\``, [0, 0]],
  [`~~~\n<@${grace}> <@here>\n~~~`, [0, 0]],
  [`[by <@${grace}>](https://example.com/)`, [0, 0]],
  [`> **<@${grace}>**\n\`<@${linus}>\``, [1, 0]],
])('%j mentions %j: code and links mention nobody', (content, expected) => {
  const room = nodeRoom(['Grace', 'Linus']);
  room.online.add(grace).add(linus);
  say(room, content);
  expect(mentions(room)).toEqual(expected);
});

test('@all mentions everyone, and @here the members who are online when it is sent', () => {
  const room = nodeRoom(['Grace', 'Linus']);
  room.online.add(grace).add('user_who_left');
  const { seq } = say(room, 'look <@here>');
  expect(mentions(room)).toEqual([1, 0]);
  expect(room.store.messages.mentionedHere(seq)).toEqual([grace]);
  say(room, 'now <@all>');
  expect(mentions(room)).toEqual([2, 1]);
});

test('an edit that keeps @here keeps the members who were online', () => {
  const room = nodeRoom(['Grace', 'Linus']);
  room.online.add(grace);
  const { id } = say(room, 'look <@here>');
  room.online.clear();
  room.online.add(linus);
  room.conversation.edit(ada, { id, content: 'Look, <@here>!' });
  expect(mentions(room)).toEqual([1, 0]);
  room.conversation.edit(ada, { id, content: 'Never mind' });
  expect(mentions(room)).toEqual([0, 0]);
  room.conversation.edit(ada, { id, content: 'Oh, <@here>' });
  expect(mentions(room)).toEqual([0, 1]);
});

test('deleted, own and read messages do not count', () => {
  const room = nodeRoom(['Grace', 'Linus']);
  const first = say(room, '<@all> one');
  say(room, '<@all> two');
  say(room, '<@all> mine', grace);
  expect(room.store.messages.timeline.countUnread(grace, 0, 100)).toEqual({
    unread: 2,
    mentions: 2,
  });
  room.conversation.delete(ada, first.id);
  expect(room.store.messages.timeline.countUnread(grace, 0, 100)).toEqual({
    unread: 1,
    mentions: 1,
  });
  expect(room.store.messages.timeline.countUnread(grace, room.store.counter(), 100).unread).toBe(0);
});

test('replies do not count in the group, unless they were also sent to it', () => {
  const room = nodeRoom(['Grace']);
  const root = say(room, 'root');
  say(room, `<@${grace}>`, ada, root.id);
  expect(room.store.messages.timeline.countUnread(grace, root.seq, 100)).toEqual({
    unread: 0,
    mentions: 0,
  });
});

test('a member mentioned in a root or a reply follows the thread from the first reply on', () => {
  const room = nodeRoom(['Grace', 'Linus']);
  const root = say(room, `<@${grace}>`);
  expect(following(room, root)).toEqual([]);
  say(room, 'first', ada, root.id);
  expect(following(room, root)).toEqual([ada, grace]);
  say(room, `<@${linus}>`, ada, root.id);
  expect(following(room, root)).toEqual([ada, grace, linus]);
});

test('a member first mentioned by an edit follows the thread, also by an edit of the root', () => {
  const room = nodeRoom(['Grace', 'Linus']);
  const root = say(room, 'root');
  const reply = say(room, 'reply', ada, root.id);
  room.conversation.edit(ada, { id: reply.id, content: `reply <@${grace}>` });
  expect(following(room, root)).toEqual([ada, grace]);
  room.conversation.edit(ada, { id: root.id, content: `root <@${linus}>` });
  expect(following(room, root)).toEqual([ada, grace, linus]);
});
