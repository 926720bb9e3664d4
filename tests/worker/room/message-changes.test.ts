import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import {
  PINS_PER_GROUP,
  REACTIONS_PER_MESSAGE,
  REACTIONS_PER_PERSON,
} from '../../../protocol/limits.ts';
import {
  type ConnectedGroup,
  changesAfter,
  connectedGroup,
  connectNewMember,
  expectInvalid,
  say,
} from '../../support/connected-group.ts';
import { mirrorComplete } from '../../support/mirror.ts';
import { describeWarmAndEvicted, sharedEdgewise } from '../../support/shared-edgewise.ts';
import type { TestSocket } from '../../support/test-socket.ts';
import { UNLIMITED_PEOPLE } from '../../support/unlimited.ts';

const edgewise = sharedEdgewise({ vars: UNLIMITED_PEOPLE });
const { ada, grace, linus } = edgewise.people('Ada', 'Grace', 'Linus');

/** The durable events after `rev`; throws unless both sockets received the same. */
async function receivedByBoth({ adaSocket, graceSocket }: ConnectedGroup, rev: number) {
  await adaSocket.sync();
  await graceSocket.sync();
  const received = changesAfter(adaSocket, rev);
  expect(changesAfter(graceSocket, rev)).toEqual(received);
  return received;
}

const react = (socket: TestSocket, id: string, emoji: string, op: 'add' | 'remove' = 'add') =>
  socket.send({ type: 'reaction', id, emoji, op });

/** Returns `count` different emoji. */
const emojis = (count: number) =>
  Array.from({ length: count }, (_, n) => String.fromCodePoint(0x1f600 + n));

describeWarmAndEvicted(edgewise, 'in a Room', (maybeEvict) => {
  describe('an edit', () => {
    it('changes the message for everyone with one rev, and an edit to the same text changes nothing', async () => {
      const group = await connectedGroup(ada, grace);
      const before = await say(group.adaSocket, 'helo');
      await maybeEvict(group.groupId);
      group.adaSocket.send({ type: 'edit_message', id: before.id, content: 'hello' });
      group.adaSocket.send({ type: 'edit_message', id: before.id, content: 'hello' });
      const rev = before.rev + 1;
      const updatedAt = expect.any(Number);
      const message = { ...before, rev, content: 'hello', edited: true, updatedAt };
      expect(await receivedByBoth(group, before.rev)).toEqual([
        { type: 'message_update', rev, message },
      ]);
    });

    it('is allowed to the author only, and fails for a deleted or unknown message', async () => {
      const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
      const theirs = await say(graceSocket, 'theirs');
      const deleted = await say(graceSocket, 'gone');
      graceSocket.send({ type: 'delete_message', id: deleted.id });
      const { rev } = await graceSocket.next('message_delete');
      await maybeEvict(groupId);
      for (const [socket, id, code] of [
        [adaSocket, theirs.id, 'forbidden'],
        [graceSocket, deleted.id, 'not_found'],
        [graceSocket, uuidv7(), 'not_found'],
      ] as const) {
        socket.send({ type: 'edit_message', id, content: 'changed', ref: 'r' });
        expect(await socket.next('error')).toMatchObject({ code, id, ref: 'r' });
      }
      expect((await adaSocket.sync()).rev).toBe(rev);
    });

    it('replaces the mentions of the message', async () => {
      const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
      const { id } = await say(adaSocket, `<@${grace.userId}>!`);
      await maybeEvict(groupId);
      adaSocket.send({ type: 'edit_message', id, content: `<@${ada.userId}>, that is me` });
      expect((await graceSocket.next('message_update')).message.mentions).toEqual([ada.userId]);
      adaSocket.send({ type: 'edit_message', id, content: 'nobody' });
      expect((await graceSocket.next('message_update')).message.mentions).toBeUndefined();
    });
  });

  describe('a deletion', () => {
    it('leaves a tombstone without content, in the Room and in D1', async () => {
      const group = await connectedGroup(ada, grace);
      const { groupId, adaSocket, graceSocket } = group;
      const before = await say(adaSocket, `the secret, <@${grace.userId}> <@here>`);
      react(graceSocket, before.id, '🤫');
      await adaSocket.next('reaction_update');
      await ada.api('PUT', `/api/messages/${before.id}/pin?groupId=${groupId}`);
      const { rev } = await adaSocket.next('message_update');
      await mirrorComplete(edgewise, groupId);
      await maybeEvict(groupId);
      adaSocket.send({ type: 'delete_message', id: before.id });
      adaSocket.send({ type: 'delete_message', id: before.id });
      const { id, seq } = before;
      expect(await receivedByBoth(group, rev)).toEqual([
        { type: 'message_delete', rev: rev + 1, id, seq, deletedAt: expect.any(Number) },
      ]);
      const tombstone = {
        content: '',
        mentions: null,
        mentioned_here: null,
        pinned_at: null,
        deleted_at: expect.any(Number),
      };
      const [kept] = await edgewise.roomSql(groupId, 'SELECT * FROM messages WHERE id = ?', id);
      expect(kept).toMatchObject(tombstone);
      expect(await edgewise.roomSql(groupId, 'SELECT * FROM reactions')).toEqual([]);
      const mirrored = await mirrorComplete(edgewise, groupId);
      expect(mirrored.messages.find((row) => row['id'] === id)).toMatchObject(tombstone);
      expect(mirrored.reactions).toEqual([]);
      const back = await grace.connect(groupId);
      const shown = (await back.next('thread_state')).messages.find((row) => row.id === id);
      expect(shown).toMatchObject({ seq, rev: rev + 1, content: '' });
      expect(Object.keys(shown ?? {})).not.toContain('reactions');
    });

    it('is allowed to the author and to admins', async () => {
      const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
      const mine = await say(adaSocket, 'mine');
      const theirs = await say(graceSocket, 'theirs');
      await maybeEvict(groupId);
      graceSocket.send({ type: 'delete_message', id: mine.id });
      expect(await graceSocket.next('error')).toMatchObject({ code: 'forbidden', id: mine.id });
      adaSocket.send({ type: 'delete_message', id: theirs.id });
      expect(await graceSocket.next('message_delete')).toMatchObject({ id: theirs.id });
    });

    it('answers a repeated id with the tombstone', async () => {
      const { groupId, adaSocket } = await connectedGroup(ada, grace);
      const { id } = await say(adaSocket, 'gone');
      adaSocket.send({ type: 'delete_message', id });
      const { deletedAt } = await adaSocket.next('message_delete');
      await maybeEvict(groupId);
      adaSocket.send({ type: 'message', id, content: 'gone' });
      expect(await adaSocket.next('message')).toMatchObject({
        repeat: true,
        message: { id, content: '', deletedAt },
      });
    });
  });

  describe('a reaction', () => {
    it('is added and removed once, however often the frame is repeated', async () => {
      const group = await connectedGroup(ada, grace);
      const { adaSocket, graceSocket } = group;
      const { id, seq, rev } = await say(adaSocket, 'look');
      react(adaSocket, id, '👀');
      await adaSocket.next('reaction_update');
      await maybeEvict(group.groupId);
      react(graceSocket, id, '👀');
      react(graceSocket, id, '👀');
      await graceSocket.next('reaction_update', ({ count }) => count === 2);
      await maybeEvict(group.groupId);
      react(graceSocket, id, '👀', 'remove');
      react(graceSocket, id, '👀', 'remove');
      react(graceSocket, id, '🎉', 'remove');
      const event = { type: 'reaction_update', id, seq, emoji: '👀' };
      expect(await receivedByBoth(group, rev)).toEqual([
        { ...event, rev: rev + 1, userId: ada.userId, op: 'add', count: 1 },
        { ...event, rev: rev + 2, userId: grace.userId, op: 'add', count: 2 },
        { ...event, rev: rev + 3, userId: grace.userId, op: 'remove', count: 1 },
      ]);
    });

    it('is listed in order of first use, with users in the order in which they reacted', async () => {
      const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
      const { id, rev, epoch } = { ...(await say(adaSocket, 'look')), ...(await adaSocket.sync()) };
      react(graceSocket, id, '🎉');
      await adaSocket.next('reaction_update');
      react(adaSocket, id, '👀');
      react(adaSocket, id, '🎉');
      await adaSocket.next('reaction_update', ({ count }) => count === 2);
      await maybeEvict(groupId);
      const { messages } = await graceSocket.sync({ since: rev, epoch });
      expect(messages.map((row) => row.reactions)).toEqual([
        [
          { emoji: '🎉', count: 2, userIds: [grace.userId, ada.userId] },
          { emoji: '👀', count: 1, userIds: [ada.userId] },
        ],
      ]);
    });

    it('is limited to 20 for a user and 50 different emoji for a message', async () => {
      const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
      const linusSocket = await connectNewMember(linus, groupId);
      const { id } = await say(adaSocket, 'react to this');
      const all = emojis(REACTIONS_PER_MESSAGE + 1);
      const shares = [
        [adaSocket, all.slice(0, 20)],
        [graceSocket, all.slice(20, 40)],
        [linusSocket, all.slice(40, 50)],
      ] as const;
      for (const [socket, emoji] of shares) {
        for (const one of emoji) react(socket, id, one);
        await socket.next('reaction_update', (event) => event.emoji === emoji.at(-1));
      }
      await maybeEvict(groupId);
      const refused = { code: 'conflict', message: expect.any(String) };
      react(adaSocket, id, all[20] ?? '');
      expect(await adaSocket.next('error')).toMatchObject({
        ...refused,
        message: expect.stringContaining(`${REACTIONS_PER_PERSON}`),
      });
      react(linusSocket, id, all[REACTIONS_PER_MESSAGE] ?? '');
      expect(await linusSocket.next('error')).toMatchObject({
        ...refused,
        message: expect.stringContaining(`${REACTIONS_PER_MESSAGE}`),
      });
      react(linusSocket, id, all[0] ?? '');
      expect(await linusSocket.next('reaction_update')).toMatchObject({ count: 2 });
    });

    it('fails for a deleted or unknown message', async () => {
      const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
      const { id } = await say(adaSocket, 'gone');
      adaSocket.send({ type: 'delete_message', id });
      await graceSocket.next('message_delete');
      await maybeEvict(groupId);
      for (const unknown of [id, uuidv7()]) {
        react(graceSocket, unknown, '👍');
        expect(await graceSocket.next('error')).toMatchObject({ code: 'not_found', id: unknown });
      }
    });
  });

  describe('a mention', () => {
    it('names members only, each once, in the order of the text', async () => {
      const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
      await maybeEvict(groupId);
      const named = [linus.userId, grace.userId, 'nobody', ada.userId, grace.userId];
      const content = named.map((userId) => `<@${userId}>`).join(' ');
      const message = await say(adaSocket, content);
      expect(message).toMatchObject({ content, mentions: [grace.userId, ada.userId] });
      const received = await graceSocket.next(
        'message',
        (event) => event.message.id === message.id,
      );
      expect(received.message).toEqual(message);
    });

    it('of @here stores who was online when it was sent, and sends that to nobody', async () => {
      const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
      await linus.join(groupId);
      await maybeEvict(groupId);
      const message = await say(graceSocket, '<@here> and <@all>');
      expect(message.mentions).toBeUndefined();
      const [row] = await edgewise.roomSql(
        groupId,
        'SELECT mentions, mentioned_here FROM messages WHERE id = ?',
        message.id,
      );
      expect(row?.['mentions']).toBeNull();
      const here = JSON.parse(String(row?.['mentioned_here']));
      expect(here.sort()).toEqual([ada.userId, grace.userId].sort());
      const received = await adaSocket.next('message', (event) => event.message.id === message.id);
      expect(JSON.stringify(received)).not.toContain('mentionedHere');
    });
  });

  describe('a pin', () => {
    it('is sent to every member, and to a member who reconnects', async () => {
      const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
      const before = await say(adaSocket, 'the rules');
      const { epoch } = await adaSocket.sync();
      await graceSocket.close();
      await maybeEvict(groupId);
      await ada.api('PUT', `/api/messages/${before.id}/pin?groupId=${groupId}`);
      const { message, rev } = await adaSocket.next('message_update');
      expect(rev).toBe(before.rev + 1);
      expect(message).toEqual({
        ...before,
        rev,
        pinnedBy: ada.userId,
        pinnedAt: expect.any(Number),
      });
      const back = await grace.connect(groupId, { since: before.rev, epoch });
      expect((await back.next('thread_state')).messages).toEqual([message]);
    });

    it('is limited to 100 in a group', async () => {
      const { groupId, adaSocket } = await connectedGroup(ada, grace);
      for (let n = 0; n < PINS_PER_GROUP; n += 1) await say(adaSocket, `number ${n}`);
      const { id } = await say(adaSocket, 'one more');
      await edgewise.roomSql(
        groupId,
        "UPDATE messages SET pinned_at = 1, pinned_by = 'ada' WHERE content LIKE 'number %'",
      );
      await maybeEvict(groupId);
      const refused = await ada.api('PUT', `/api/messages/${id}/pin?groupId=${groupId}`);
      expect(refused).toMatchObject({ status: 409, body: { code: 'conflict' } });
    });
  });

  it('an archived group refuses edits, reactions and pins, and allows authors to delete', async () => {
    const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
    const { id } = await say(graceSocket, 'before');
    await ada.api('PATCH', `/api/groups/${groupId}`, { archived: true });
    await maybeEvict(groupId);
    graceSocket.send({ type: 'edit_message', id, content: 'after' });
    expect(await graceSocket.next('error')).toMatchObject({ code: 'archived' });
    react(graceSocket, id, '👍');
    expect(await graceSocket.next('error')).toMatchObject({ code: 'archived' });
    const pinned = await ada.api('PUT', `/api/messages/${id}/pin?groupId=${groupId}`);
    expect(pinned).toMatchObject({ status: 409, body: { code: 'archived' } });
    graceSocket.send({ type: 'delete_message', id });
    expect(await adaSocket.next('message_delete')).toMatchObject({ id });
  });
});

describe('an invalid frame about a message', () => {
  it.each([
    ['an edit to nothing', { type: 'edit_message', id: uuidv7(), content: ' ' }, 'content'],
    ['an edit of no message', { type: 'edit_message', id: 'first', content: 'x' }, 'id'],
    ['a deletion of no message', { type: 'delete_message' }, 'id'],
    ['a word', { type: 'reaction', id: uuidv7(), emoji: 'ok', op: 'add' }, 'emoji'],
    ['two emoji', { type: 'reaction', id: uuidv7(), emoji: '👍👍', op: 'add' }, 'emoji'],
    ['neither add nor remove', { type: 'reaction', id: uuidv7(), emoji: '👍', op: 'flip' }, 'op'],
  ])('is answered with `invalid` and the field: %s', async (_, frame, field) => {
    const { adaSocket, graceSocket, state } = await connectedGroup(ada, grace);
    await expectInvalid(adaSocket, frame, field);
    expect((await graceSocket.sync()).rev).toBe((await adaSocket.sync()).rev);
    expect(changesAfter(adaSocket, state.rev)).toEqual([]);
  });
});
