import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { TIMELINE_PAGE } from '../../../protocol/limits.ts';
import type { ReceiptUpdateEvent, ThreadStateEvent } from '../../../protocol/server-events.ts';
import {
  changesAfter,
  connectedGroup,
  connectNewMember,
  messageFrame,
  say,
} from '../../support/connected-group.ts';
import type { Person } from '../../support/person.ts';
import { describeWarmAndEvicted, sharedEdgewise } from '../../support/shared-edgewise.ts';
import type { TestSocket } from '../../support/test-socket.ts';
import { UNLIMITED_PEOPLE } from '../../support/unlimited.ts';

const edgewise = sharedEdgewise({ vars: UNLIMITED_PEOPLE });
const { ada, grace, linus } = edgewise.people('Ada', 'Grace', 'Linus');

/** The state of one thread. */
async function threadState(
  socket: TestSocket,
  parentId: string,
  from?: { since: number; epoch: string },
): Promise<ThreadStateEvent> {
  socket.send({ type: 'thread_sync', parentId, ...from });
  return socket.next('thread_state', (state) => state.parentId === parentId);
}

/** The cursors of a user's threads, as a new socket receives them. */
async function readThreads(person: Person, groupId: string) {
  const socket = await person.connect(groupId);
  const { me } = await socket.next('thread_state');
  await socket.close();
  return me.readThreads;
}

/** The events about cursors of threads that a socket received. */
const threadCursors = (socket: TestSocket) =>
  socket.events.filter(
    (event): event is ReceiptUpdateEvent =>
      event.type === 'receipt_update' && event.parentId !== undefined,
  );

describeWarmAndEvicted(edgewise, 'in a Room', (maybeEvict) => {
  describe('a reply', () => {
    it('is sent to everyone with the new summary of its root, which takes the same rev', async () => {
      const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
      const root = await say(adaSocket, 'root');
      const { epoch } = await adaSocket.sync();
      await maybeEvict(groupId);
      const reply = await say(graceSocket, 'reply', { parentId: root.id });
      expect(reply).toMatchObject({ parentId: root.id, rev: root.rev + 1 });
      const summary = {
        replyCount: 1,
        lastReplyAt: reply.createdAt,
        replyUserIds: [grace.userId],
      };
      expect(await adaSocket.next('message', ({ message }) => message.id === reply.id)).toEqual({
        type: 'message',
        rev: reply.rev,
        message: reply,
        parent: { id: root.id, ...summary },
      });
      const changed = await adaSocket.sync({ since: root.rev, epoch });
      expect(changed.messages).toEqual([{ ...root, rev: reply.rev, ...summary }, reply]);
    });

    it('is in the timeline only if it was also sent to the group', async () => {
      const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
      const root = await say(adaSocket, 'root');
      await maybeEvict(groupId);
      const hidden = await say(graceSocket, 'in the thread', { parentId: root.id });
      const shown = await say(graceSocket, 'for all', { parentId: root.id, alsoToGroup: true });
      expect(hidden.alsoToGroup).toBeUndefined();
      expect(shown.alsoToGroup).toBe(true);
      const { messages } = await adaSocket.sync();
      expect(messages.filter((row) => row.system === undefined).map((row) => row.content)).toEqual([
        'root',
        'for all',
      ]);
      const thread = await threadState(adaSocket, root.id);
      expect(thread.messages.map((row) => row.content)).toEqual([
        'root',
        'in the thread',
        'for all',
      ]);
    });

    it('counts until it is deleted, and the latest replier is listed first', async () => {
      const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
      const root = await say(adaSocket, 'root');
      const first = await say(graceSocket, 'one', { parentId: root.id });
      const last = await say(adaSocket, 'two', { parentId: root.id });
      await maybeEvict(groupId);
      const summary = async () => (await threadState(graceSocket, root.id)).messages[0];
      expect(await summary()).toMatchObject({
        replyCount: 2,
        replyUserIds: [ada.userId, grace.userId],
      });
      adaSocket.send({ type: 'delete_message', id: last.id });
      const { rev, seq } = last;
      const parent = { id: root.id, replyCount: 1, replyUserIds: [grace.userId] };
      expect(await graceSocket.next('message_delete')).toEqual({
        type: 'message_delete',
        rev: rev + 1,
        id: last.id,
        seq,
        parentId: root.id,
        deletedAt: expect.any(Number),
        parent: { ...parent, lastReplyAt: first.createdAt },
      });
      expect(await summary()).toMatchObject({ ...parent, rev: rev + 1 });
      graceSocket.send({ type: 'delete_message', id: first.id });
      expect((await adaSocket.next('message_delete', ({ id }) => id === first.id)).parent).toEqual({
        id: root.id,
        replyCount: 0,
        replyUserIds: [],
      });
    });

    it('is accepted for a deleted message with replies, and for no other deleted message', async () => {
      const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
      const [alive, dead] = [await say(adaSocket, 'with replies'), await say(adaSocket, 'without')];
      const reply = await say(graceSocket, 'reply', { parentId: alive.id });
      for (const { id } of [alive, dead]) adaSocket.send({ type: 'delete_message', id });
      await graceSocket.next('message_delete', ({ id }) => id === dead.id);
      await maybeEvict(groupId);
      expect(await say(graceSocket, 'it lives', { parentId: alive.id })).toMatchObject({
        parentId: alive.id,
      });
      for (const [parentId, code] of [
        [dead.id, 'not_found'],
        [uuidv7(), 'not_found'],
        [reply.id, 'invalid'],
      ] as const) {
        const frame = messageFrame('no', { parentId, ref: 'r' });
        graceSocket.send(frame);
        expect(await graceSocket.next('error')).toMatchObject({ code, id: frame.id, ref: 'r' });
      }
    });
  });

  describe('the state of a thread', () => {
    it('is the root and its newest replies', async () => {
      const { groupId, adaSocket } = await connectedGroup(ada, grace);
      const root = await say(adaSocket, 'root');
      for (let n = 0; n <= TIMELINE_PAGE; n += 1)
        await say(adaSocket, `${n}`, { parentId: root.id });
      await say(adaSocket, 'something else');
      await maybeEvict(groupId);
      const state = await threadState(adaSocket, root.id);
      expect(state).toMatchObject({ reset: true, hasBefore: true, parentId: root.id });
      expect(state.messages.map((row) => row.content)).toEqual([
        'root',
        ...Array.from({ length: TIMELINE_PAGE }, (_, n) => `${n + 1}`),
      ]);
    });

    it('since a rev contains what changed in this thread only', async () => {
      const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
      const [root, other] = [await say(adaSocket, 'root'), await say(adaSocket, 'other')];
      const kept = await say(adaSocket, 'kept', { parentId: root.id });
      const changed = await say(graceSocket, 'changed', { parentId: root.id });
      const { rev, epoch } = await graceSocket.sync();
      await say(adaSocket, 'elsewhere', { parentId: other.id });
      graceSocket.send({ type: 'edit_message', id: changed.id, content: 'edited' });
      await adaSocket.next('message_update');
      await maybeEvict(groupId);
      const state = await threadState(adaSocket, root.id, { since: rev, epoch });
      expect(state.reset).toBe(false);
      expect(state.messages.map((row) => row.content)).toEqual(['edited']);
      expect(state.messages).not.toContainEqual(kept);
    });

    it('is without what a client holds of the group, and names whom it may lack', async () => {
      const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
      const root = await say(adaSocket, 'root');
      const reply = await say(graceSocket, 'reply', { parentId: root.id });
      const { rev: since, epoch } = await adaSocket.sync();
      await maybeEvict(groupId);
      const holds = { since, epoch };
      adaSocket.send({ type: 'thread_sync', parentId: root.id, holds });
      const partial = await adaSocket.next('thread_state', (state) => state.parentId === root.id);
      expect(partial).toMatchObject({
        ...{ partial: true, reset: true, rev: since, epoch, hasBefore: false },
        ...{ members: [], users: [], receipts: [], presence: [], typing: [] },
      });
      expect(partial.me).toEqual({
        ...{ userId: ada.userId, role: 'owner', readSeq: expect.any(Number), mark: 0 },
        readThreads: [{ parentId: root.id, readSeq: root.seq, following: true }],
      });
      expect(partial.messages.map(({ id }) => id)).toEqual([root.id, reply.id]);

      const linusSocket = await connectNewMember(linus, groupId);
      await say(linusSocket, 'me, too', { parentId: root.id });
      await maybeEvict(groupId);
      adaSocket.send({ type: 'thread_sync', parentId: root.id, holds });
      const later = await adaSocket.next('thread_state', (state) => state.parentId === root.id);
      expect(later).toMatchObject({ partial: true, rev: since + 3 });
      expect(later.users.map(({ id }) => id)).toEqual([linus.userId]);
    });

    it('is whole for a client that holds another epoch, or more than there is', async () => {
      const { groupId, adaSocket } = await connectedGroup(ada, grace);
      const root = await say(adaSocket, 'root');
      const { rev: since, epoch } = await adaSocket.sync();
      await maybeEvict(groupId);
      const whole = await threadState(adaSocket, root.id);
      expect(whole.members).toHaveLength(2);
      expect(whole.partial).toBeUndefined();
      for (const holds of [
        { since, epoch: uuidv7() },
        { since: since + 1, epoch },
      ]) {
        adaSocket.send({ type: 'thread_sync', parentId: root.id, holds });
        expect(await adaSocket.next('thread_state', (state) => state.parentId === root.id)).toEqual(
          whole,
        );
      }
      adaSocket.send({ type: 'thread_sync', holds: { since, epoch } });
      const group = await adaSocket.next('thread_state', (state) => state.parentId === null);
      expect(group.members).toHaveLength(2);
      expect(group.partial).toBeUndefined();
    });

    it('exists for roots only', async () => {
      const { groupId, adaSocket } = await connectedGroup(ada, grace);
      const root = await say(adaSocket, 'root');
      const reply = await say(adaSocket, 'reply', { parentId: root.id });
      await maybeEvict(groupId);
      for (const parentId of [reply.id, uuidv7()]) {
        adaSocket.send({ type: 'thread_sync', parentId, ref: 'r' });
        expect(await adaSocket.next('error')).toMatchObject({ code: 'not_found', ref: 'r' });
      }
    });
  });

  describe('following', () => {
    it("begins for the root's author, for repliers and for mentioned members, and is sent to each of them only", async () => {
      const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
      const linusSocket = await connectNewMember(linus, groupId);
      const root = await say(adaSocket, 'root');
      await maybeEvict(groupId);
      const parentId = root.id;
      const begins = (person: Person, readSeq: number) => ({
        type: 'receipt_update',
        userId: person.userId,
        parentId,
        readSeq,
        following: true,
      });
      const reply = await say(graceSocket, 'reply', { parentId });
      await adaSocket.next('receipt_update', (event) => event.parentId === parentId);
      await say(graceSocket, `<@${linus.userId}>?`, { parentId });
      await linusSocket.next('receipt_update', (event) => event.parentId === parentId);
      await graceSocket.sync();
      expect(threadCursors(adaSocket)).toEqual([begins(ada, root.seq)]);
      expect(threadCursors(graceSocket)).toEqual([begins(grace, reply.seq)]);
      expect(threadCursors(linusSocket)).toEqual([begins(linus, reply.seq)]);
    });

    it('is sent to a member who reconnects, with their read cursor', async () => {
      const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
      const root = await say(adaSocket, 'root');
      const reply = await say(graceSocket, 'reply', { parentId: root.id });
      const last = await say(graceSocket, 'another', { parentId: root.id });
      await maybeEvict(groupId);
      const place = (readSeq: number) => ({ parentId: root.id, readSeq, following: true });
      expect(await readThreads(ada, groupId)).toEqual([place(root.seq)]);
      expect(await readThreads(grace, groupId)).toEqual([place(reply.seq)]);
      adaSocket.send({ type: 'thread_read', parentId: root.id, seq: last.seq, mark: 0 });
      await adaSocket.sync();
      await maybeEvict(groupId);
      expect(await readThreads(ada, groupId)).toEqual([place(last.seq)]);
    });

    it('stays off after unfollowing, despite replies and mentions, until the member follows again', async () => {
      const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
      const root = await say(adaSocket, 'root');
      const parentId = root.id;
      await say(graceSocket, 'reply', { parentId });
      adaSocket.send({ type: 'thread_follow', parentId, following: false });
      await adaSocket.next('receipt_update', (event) => event.following === false);
      await maybeEvict(groupId);
      await say(graceSocket, `<@${ada.userId}>!`, { parentId });
      await say(adaSocket, 'I still do not follow', { parentId });
      expect(await readThreads(ada, groupId)).toMatchObject([{ parentId, following: false }]);
      await maybeEvict(groupId);
      adaSocket.send({ type: 'thread_follow', parentId, following: true });
      adaSocket.send({ type: 'thread_follow', parentId, following: true });
      await adaSocket.next('receipt_update', (event) => event.following === true);
      expect(await readThreads(ada, groupId)).toMatchObject([{ parentId, following: true }]);
    });

    it('by hand starts with everything read, and works for threads only', async () => {
      const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
      const linusSocket = await connectNewMember(linus, groupId);
      const root = await say(adaSocket, 'root');
      const reply = await say(graceSocket, 'reply', { parentId: root.id });
      await maybeEvict(groupId);
      linusSocket.send({ type: 'thread_follow', parentId: root.id, following: true });
      expect(await linusSocket.next('receipt_update')).toMatchObject({
        parentId: root.id,
        readSeq: reply.seq,
        following: true,
      });
      for (const parentId of [reply.id, uuidv7()]) {
        linusSocket.send({ type: 'thread_follow', parentId, following: true, ref: 'r' });
        expect(await linusSocket.next('error')).toMatchObject({ code: 'not_found', ref: 'r' });
      }
    });
  });

  describe('the cursor of a thread', () => {
    it('moves forward, back only by hand, and is sent to all clients of its owner and nobody else', async () => {
      const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
      const phone = await ada.connect(groupId);
      await phone.next('thread_state');
      const root = await say(adaSocket, 'root');
      const parentId = root.id;
      const first = await say(graceSocket, 'first', { parentId });
      const last = await say(graceSocket, 'last', { parentId });
      await maybeEvict(groupId);
      const read = { type: 'thread_read', parentId } as const;
      adaSocket.send({ ...read, seq: last.seq, mark: 0 });
      adaSocket.send({ ...read, seq: first.seq, mark: 0 });
      await phone.next('receipt_update', ({ readSeq }) => readSeq === last.seq);
      adaSocket.send({ ...read, seq: root.seq, mark: 0, manual: true });
      const back = await phone.next('receipt_update', ({ mark }) => mark !== undefined);
      expect(back).toMatchObject({ userId: ada.userId, mark: 1 });
      // A read from another client, sent before it received this, no longer counts.
      phone.send({ ...read, seq: last.seq, mark: 0 });
      await phone.sync();
      expect(await readThreads(ada, groupId)).toEqual([
        { parentId, readSeq: root.seq, following: true },
      ]);
      await graceSocket.sync();
      expect(threadCursors(graceSocket).filter(({ userId }) => userId === ada.userId)).toEqual([]);
    });

    it("moves independently of the group's cursor", async () => {
      const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
      const root = await say(adaSocket, 'root');
      const reply = await say(graceSocket, 'reply', { parentId: root.id });
      await maybeEvict(groupId);
      adaSocket.send({ type: 'thread_read', parentId: root.id, seq: reply.seq, mark: 0 });
      const { me } = await adaSocket.sync();
      expect(me).toMatchObject({ readSeq: 0, readThreads: [{ readSeq: reply.seq }] });
      graceSocket.send({ type: 'thread_read', seq: reply.seq, mark: 0 });
      const last = await say(adaSocket, 'last', { parentId: root.id });
      graceSocket.send({ type: 'thread_read', seq: last.seq, mark: 0 });
      expect((await graceSocket.sync()).me).toMatchObject({
        readSeq: last.seq,
        readThreads: [{ readSeq: reply.seq }],
      });
    });
  });

  it('every change in a thread takes one rev, the same for all members', async () => {
    const { groupId, adaSocket, graceSocket, state } = await connectedGroup(ada, grace);
    const root = await say(adaSocket, 'root');
    await maybeEvict(groupId);
    const reply = await say(graceSocket, 'reply', { parentId: root.id });
    adaSocket.send({ type: 'reaction', id: reply.id, emoji: '👍', op: 'add' });
    graceSocket.send({ type: 'edit_message', id: reply.id, content: 'better' });
    await graceSocket.sync();
    graceSocket.send({ type: 'delete_message', id: reply.id });
    await adaSocket.next('message_delete');
    await graceSocket.sync();
    const received = changesAfter(adaSocket, root.rev);
    expect(changesAfter(graceSocket, root.rev)).toEqual(received);
    expect(received.map(({ rev }) => rev)).toEqual([1, 2, 3, 4].map((n) => root.rev + n));
    expect(root.rev).toBeGreaterThan(state.rev);
  });
});
