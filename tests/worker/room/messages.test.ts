import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import {
  PINS_PER_GROUP,
  REACTIONS_PER_MESSAGE,
  REACTIONS_PER_PERSON,
} from '../../../protocol/limits.ts';
import { mirrorComplete } from '../../support/second-copy.ts';
import { describeWarmAndEvicted, sharedEdgewise } from '../../support/shared-edgewise.ts';
import { admit, changesAfter, say, type Talk, talk } from '../../support/talk.ts';
import type { TestSocket } from '../../support/test-socket.ts';
import { UNLIMITED_PEOPLE } from '../../support/unlimited.ts';

const edgewise = sharedEdgewise({ vars: UNLIMITED_PEOPLE });
const { ada, grace, linus } = edgewise.people('Ada', 'Grace', 'Linus');

/** What both were told after `rev`; throws where it was not the same. */
async function toldBoth({ adas, graces }: Talk, rev: number) {
  await adas.sync();
  await graces.sync();
  const told = changesAfter(adas, rev);
  expect(changesAfter(graces, rev)).toEqual(told);
  return told;
}

const react = (socket: TestSocket, id: string, emoji: string, op: 'add' | 'remove' = 'add') =>
  socket.send({ type: 'reaction', id, emoji, op });

/** So many different emoji. */
const emojis = (count: number) =>
  Array.from({ length: count }, (_, n) => String.fromCodePoint(0x1f600 + n));

describeWarmAndEvicted(edgewise, 'in a Room', (maybeEvict) => {
  describe('an edit', () => {
    it('changes the message for everyone under one rev, and the same words again change nothing', async () => {
      const talking = await talk(ada, grace);
      const before = await say(talking.adas, 'helo');
      await maybeEvict(talking.groupId);
      talking.adas.send({ type: 'edit_message', id: before.id, content: 'hello' });
      talking.adas.send({ type: 'edit_message', id: before.id, content: 'hello' });
      const rev = before.rev + 1;
      const updatedAt = expect.any(Number);
      const message = { ...before, rev, content: 'hello', edited: true, updatedAt };
      expect(await toldBoth(talking, before.rev)).toEqual([
        { type: 'message_update', rev, message },
      ]);
    });

    it('is for the author alone, and not of what is gone or never was', async () => {
      const { groupId, adas, graces } = await talk(ada, grace);
      const theirs = await say(graces, 'theirs');
      const deleted = await say(graces, 'gone');
      graces.send({ type: 'delete_message', id: deleted.id });
      const { rev } = await graces.next('message_delete');
      await maybeEvict(groupId);
      for (const [socket, id, code] of [
        [adas, theirs.id, 'forbidden'],
        [graces, deleted.id, 'not_found'],
        [graces, uuidv7(), 'not_found'],
      ] as const) {
        socket.send({ type: 'edit_message', id, content: 'changed', ref: 'r' });
        expect(await socket.next('error')).toMatchObject({ code, id, ref: 'r' });
      }
      expect((await adas.sync()).rev).toBe(rev);
    });

    it('mentions anew', async () => {
      const { groupId, adas, graces } = await talk(ada, grace);
      const { id } = await say(adas, `<@${grace.userId}>!`);
      await maybeEvict(groupId);
      adas.send({ type: 'edit_message', id, content: `<@${ada.userId}>, that is me` });
      expect((await graces.next('message_update')).message.mentions).toEqual([ada.userId]);
      adas.send({ type: 'edit_message', id, content: 'nobody' });
      expect((await graces.next('message_update')).message.mentions).toBeUndefined();
    });
  });

  describe('a deletion', () => {
    it('leaves a tombstone of which nothing can be read any more, in the Room or in D1', async () => {
      const talking = await talk(ada, grace);
      const { groupId, adas, graces } = talking;
      const before = await say(adas, `the secret, <@${grace.userId}> <@here>`);
      react(graces, before.id, '🤫');
      await adas.next('reaction_update');
      await ada.api('PUT', `/api/messages/${before.id}/pin?groupId=${groupId}`);
      const { rev } = await adas.next('message_update');
      await mirrorComplete(edgewise, groupId);
      await maybeEvict(groupId);
      adas.send({ type: 'delete_message', id: before.id });
      adas.send({ type: 'delete_message', id: before.id });
      const { id, seq } = before;
      expect(await toldBoth(talking, rev)).toEqual([
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
      const archived = await mirrorComplete(edgewise, groupId);
      expect(archived.messages.find((row) => row['id'] === id)).toMatchObject(tombstone);
      expect(archived.reactions).toEqual([]);
      const back = await grace.connect(groupId);
      const shown = (await back.next('thread_state')).messages.find((row) => row.id === id);
      expect(shown).toMatchObject({ seq, rev: rev + 1, content: '' });
      expect(Object.keys(shown ?? {})).not.toContain('reactions');
    });

    it('is for the author and for admins', async () => {
      const { groupId, adas, graces } = await talk(ada, grace);
      const mine = await say(adas, 'mine');
      const theirs = await say(graces, 'theirs');
      await maybeEvict(groupId);
      graces.send({ type: 'delete_message', id: mine.id });
      expect(await graces.next('error')).toMatchObject({ code: 'forbidden', id: mine.id });
      adas.send({ type: 'delete_message', id: theirs.id });
      expect(await graces.next('message_delete')).toMatchObject({ id: theirs.id });
    });

    it('answers the id, sent once more, with the tombstone', async () => {
      const { groupId, adas } = await talk(ada, grace);
      const { id } = await say(adas, 'gone');
      adas.send({ type: 'delete_message', id });
      const { deletedAt } = await adas.next('message_delete');
      await maybeEvict(groupId);
      adas.send({ type: 'message', id, content: 'gone' });
      expect(await adas.next('message')).toMatchObject({
        repeat: true,
        message: { id, content: '', deletedAt },
      });
    });
  });

  describe('a reaction', () => {
    it('is added and taken back once, however often it is said', async () => {
      const talking = await talk(ada, grace);
      const { adas, graces } = talking;
      const { id, seq, rev } = await say(adas, 'look');
      react(adas, id, '👀');
      await adas.next('reaction_update');
      await maybeEvict(talking.groupId);
      react(graces, id, '👀');
      react(graces, id, '👀');
      await graces.next('reaction_update', ({ count }) => count === 2);
      await maybeEvict(talking.groupId);
      react(graces, id, '👀', 'remove');
      react(graces, id, '👀', 'remove');
      react(graces, id, '🎉', 'remove');
      const event = { type: 'reaction_update', id, seq, emoji: '👀' };
      expect(await toldBoth(talking, rev)).toEqual([
        { ...event, rev: rev + 1, userId: ada.userId, op: 'add', count: 1 },
        { ...event, rev: rev + 2, userId: grace.userId, op: 'add', count: 2 },
        { ...event, rev: rev + 3, userId: grace.userId, op: 'remove', count: 1 },
      ]);
    });

    it('stands in the message in order of first use, with who reacted in their order', async () => {
      const { groupId, adas, graces } = await talk(ada, grace);
      const { id, rev, epoch } = { ...(await say(adas, 'look')), ...(await adas.sync()) };
      react(graces, id, '🎉');
      await adas.next('reaction_update');
      react(adas, id, '👀');
      react(adas, id, '🎉');
      await adas.next('reaction_update', ({ count }) => count === 2);
      await maybeEvict(groupId);
      const { messages } = await graces.sync({ since: rev, epoch });
      expect(messages.map((row) => row.reactions)).toEqual([
        [
          { emoji: '🎉', count: 2, userIds: [grace.userId, ada.userId] },
          { emoji: '👀', count: 1, userIds: [ada.userId] },
        ],
      ]);
    });

    it('is one of at most 20 of a person and 50 different ones of a message', async () => {
      const { groupId, adas, graces } = await talk(ada, grace);
      const linuses = await admit(linus, groupId);
      const { id } = await say(adas, 'react to this');
      const all = emojis(REACTIONS_PER_MESSAGE + 1);
      const shares = [
        [adas, all.slice(0, 20)],
        [graces, all.slice(20, 40)],
        [linuses, all.slice(40, 50)],
      ] as const;
      for (const [socket, emoji] of shares) {
        for (const one of emoji) react(socket, id, one);
        await socket.next('reaction_update', (event) => event.emoji === emoji.at(-1));
      }
      await maybeEvict(groupId);
      const refused = { code: 'conflict', message: expect.any(String) };
      react(adas, id, all[20] ?? '');
      expect(await adas.next('error')).toMatchObject({
        ...refused,
        message: expect.stringContaining(`${REACTIONS_PER_PERSON}`),
      });
      react(linuses, id, all[REACTIONS_PER_MESSAGE] ?? '');
      expect(await linuses.next('error')).toMatchObject({
        ...refused,
        message: expect.stringContaining(`${REACTIONS_PER_MESSAGE}`),
      });
      react(linuses, id, all[0] ?? '');
      expect(await linuses.next('reaction_update')).toMatchObject({ count: 2 });
    });

    it('is refused to what is gone or never was', async () => {
      const { groupId, adas, graces } = await talk(ada, grace);
      const { id } = await say(adas, 'gone');
      adas.send({ type: 'delete_message', id });
      await graces.next('message_delete');
      await maybeEvict(groupId);
      for (const unknown of [id, uuidv7()]) {
        react(graces, unknown, '👍');
        expect(await graces.next('error')).toMatchObject({ code: 'not_found', id: unknown });
      }
    });
  });

  describe('a mention', () => {
    it('is of members only, each once, in the order they are named', async () => {
      const { groupId, adas, graces } = await talk(ada, grace);
      await maybeEvict(groupId);
      const named = [linus.userId, grace.userId, 'nobody', ada.userId, grace.userId];
      const content = named.map((userId) => `<@${userId}>`).join(' ');
      const message = await say(adas, content);
      expect(message).toMatchObject({ content, mentions: [grace.userId, ada.userId] });
      const heard = await graces.next('message', (event) => event.message.id === message.id);
      expect(heard.message).toEqual(message);
    });

    it('of everyone here is kept as who was here when it was sent, and told to nobody', async () => {
      const { groupId, adas, graces } = await talk(ada, grace);
      await linus.join(groupId);
      await maybeEvict(groupId);
      const message = await say(graces, '<@here> and <@all>');
      expect(message.mentions).toBeUndefined();
      const [row] = await edgewise.roomSql(
        groupId,
        'SELECT mentions, mentioned_here FROM messages WHERE id = ?',
        message.id,
      );
      expect(row?.['mentions']).toBeNull();
      const here = JSON.parse(String(row?.['mentioned_here']));
      expect(here.sort()).toEqual([ada.userId, grace.userId].sort());
      const heard = await adas.next('message', (event) => event.message.id === message.id);
      expect(JSON.stringify(heard)).not.toContain('mentionedHere');
    });
  });

  describe('a pin', () => {
    it('is told to everyone, and to whoever comes back', async () => {
      const { groupId, adas, graces } = await talk(ada, grace);
      const before = await say(adas, 'the rules');
      const { epoch } = await adas.sync();
      await graces.close();
      await maybeEvict(groupId);
      await ada.api('PUT', `/api/messages/${before.id}/pin?groupId=${groupId}`);
      const { message, rev } = await adas.next('message_update');
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

    it('is one of at most 100 in a group', async () => {
      const { groupId, adas } = await talk(ada, grace);
      for (let n = 0; n < PINS_PER_GROUP; n += 1) await say(adas, `number ${n}`);
      const { id } = await say(adas, 'one more');
      await edgewise.roomSql(
        groupId,
        "UPDATE messages SET pinned_at = 1, pinned_by = 'ada' WHERE content LIKE 'number %'",
      );
      await maybeEvict(groupId);
      const refused = await ada.api('PUT', `/api/messages/${id}/pin?groupId=${groupId}`);
      expect(refused).toMatchObject({ status: 409, body: { code: 'conflict' } });
    });
  });

  it('an archived group takes no edit, reaction or pin, and lets people delete what they said', async () => {
    const { groupId, adas, graces } = await talk(ada, grace);
    const { id } = await say(graces, 'before');
    await ada.api('PATCH', `/api/groups/${groupId}`, { archived: true });
    await maybeEvict(groupId);
    graces.send({ type: 'edit_message', id, content: 'after' });
    expect(await graces.next('error')).toMatchObject({ code: 'archived' });
    react(graces, id, '👍');
    expect(await graces.next('error')).toMatchObject({ code: 'archived' });
    const pinned = await ada.api('PUT', `/api/messages/${id}/pin?groupId=${groupId}`);
    expect(pinned).toMatchObject({ status: 409, body: { code: 'archived' } });
    graces.send({ type: 'delete_message', id });
    expect(await adas.next('message_delete')).toMatchObject({ id });
  });
});

describe('a frame about a message that cannot be taken', () => {
  it.each([
    ['an edit to nothing', { type: 'edit_message', id: uuidv7(), content: ' ' }, 'content'],
    ['an edit of no message', { type: 'edit_message', id: 'first', content: 'x' }, 'id'],
    ['a deletion of no message', { type: 'delete_message' }, 'id'],
    ['a word', { type: 'reaction', id: uuidv7(), emoji: 'ok', op: 'add' }, 'emoji'],
    ['two emoji', { type: 'reaction', id: uuidv7(), emoji: '👍👍', op: 'add' }, 'emoji'],
    ['neither add nor remove', { type: 'reaction', id: uuidv7(), emoji: '👍', op: 'flip' }, 'op'],
  ])('is answered with `invalid` and the field: %s', async (_, frame, field) => {
    const { adas, graces, state } = await talk(ada, grace);
    adas.sendText(JSON.stringify({ ...frame, ref: 'r' }));
    expect(await adas.next('error')).toMatchObject({
      code: 'invalid',
      ref: 'r',
      message: expect.stringContaining(field),
    });
    expect((await graces.sync()).rev).toBe((await adas.sync()).rev);
    expect(changesAfter(adas, state.rev)).toEqual([]);
  });
});
