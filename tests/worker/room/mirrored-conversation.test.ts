import { describe, expect, it } from 'vitest';
import { PinList, ReactionList } from '../../../protocol/rest.ts';
import { ThreadList } from '../../../protocol/threads.ts';
import { type ConnectedGroup, connectedGroup, say } from '../../support/connected-group.ts';
import { eventually } from '../../support/eventually.ts';
import { emptyRoom, mirrorComplete, mirroredRows } from '../../support/mirror.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';
import { UNLIMITED_PEOPLE } from '../../support/unlimited.ts';
import { withoutTable } from '../../support/without-table.ts';

const edgewise = sharedEdgewise({ vars: UNLIMITED_PEOPLE });
const { ada, grace } = edgewise.people('Ada', 'Grace');

/** Does everything that can happen to a message, at least once. Returns the root of a thread and a reply. */
async function converse({ groupId, adaSocket, graceSocket }: ConnectedGroup) {
  const root = await say(adaSocket, `a root, <@${grace.userId}> <@here>`);
  const edited = await say(adaSocket, 'helo — 漢字 "quotes" and \\ 🎉');
  adaSocket.send({ type: 'edit_message', id: edited.id, content: 'hello' });
  const reply = await say(graceSocket, 'reply', { parentId: root.id });
  await say(graceSocket, 'for all', { parentId: root.id, alsoToGroup: true });
  const gone = await say(graceSocket, 'gone', { parentId: root.id });
  for (const emoji of ['👍🏽', '🎉']) {
    for (const socket of [graceSocket, adaSocket]) {
      socket.send({ type: 'reaction', id: reply.id, emoji, op: 'add' });
      await socket.sync();
    }
  }
  adaSocket.send({ type: 'reaction', id: reply.id, emoji: '🎉', op: 'remove' });
  graceSocket.send({ type: 'delete_message', id: gone.id });
  await adaSocket.next('message_delete');
  await ada.api('PUT', `/api/messages/${edited.id}/pin?groupId=${groupId}`);
  graceSocket.send({ type: 'thread_read', seq: reply.seq, mark: 0 });
  graceSocket.send({ type: 'thread_read', seq: root.seq, mark: 0, manual: true });
  graceSocket.send({ type: 'thread_follow', parentId: root.id, following: false });
  adaSocket.send({ type: 'thread_read', parentId: root.id, seq: reply.seq, mark: 0 });
  adaSocket.send({ type: 'thread_delivered', seq: gone.seq });
  await graceSocket.sync();
  await adaSocket.sync();
  return { root, reply };
}

/** Everything that Ada and Grace can see of a group, except what a new epoch changes. */
async function seen({ groupId }: ConnectedGroup, root: { id: string }, reply: { id: string }) {
  const states = [];
  for (const person of [ada, grace]) {
    const socket = await person.connect(groupId);
    const { epoch: _, rev: __, presence: ___, ...state } = await socket.next('thread_state');
    // How far messages were delivered is stored nowhere: clients say it when they connect.
    const receipts = state.receipts
      .filter(({ readSeq }) => readSeq > 0)
      .map(({ deliveredSeq: ____, ...receipt }) => receipt);
    socket.send({ type: 'thread_sync', parentId: root.id });
    const thread = await socket.next('thread_state', ({ parentId }) => parentId === root.id);
    states.push({ ...state, receipts, thread: thread.messages });
    await socket.close();
  }
  const read = async (path: string) => ada.api('GET', path);
  return {
    states,
    pins: (await read(`/api/groups/${groupId}/pins`)).as(PinList),
    threads: (await read(`/api/threads?groupId=${groupId}`)).as(ThreadList),
    reactions: (await read(`/api/messages/${reply.id}/reactions?groupId=${groupId}`)).as(
      ReactionList,
    ),
  };
}

describe('the mirror of a conversation', () => {
  it('holds every message, reaction, cursor and thread, and restores a Room that lost its storage', async () => {
    const group = await connectedGroup(ada, grace);
    const { groupId } = group;
    const { root, reply } = await converse(group);
    const rows = await mirrorComplete(edgewise, groupId);
    expect(rows.reactions).toHaveLength(3);
    expect(rows.cursors).toHaveLength(1);
    expect(rows.cursors[0]?.['cursors']).toContain(grace.userId);
    const following = new Map(rows.follows.map((row) => [row['user_id'], row['following']]));
    expect(following).toEqual(
      new Map([
        [ada.userId, 1],
        [grace.userId, 0],
      ]),
    );
    const before = await seen(group, root, reply);
    await emptyRoom(edgewise, groupId);
    expect(await seen(group, root, reply)).toEqual(before);
    expect(await mirroredRows(edgewise, groupId)).toEqual(rows);

    // Changes after the loss continue from there, and replace the rows in D1.
    const { adaSocket, graceSocket } = group;
    adaSocket.send({ type: 'reaction', id: reply.id, emoji: '👀', op: 'add' });
    graceSocket.send({ type: 'thread_read', seq: reply.seq, mark: 1 });
    const { me } = await graceSocket.sync();
    expect(me).toMatchObject({ readSeq: reply.seq, mark: 1 });
    const after = await mirrorComplete(edgewise, groupId);
    expect(after.reactions).toHaveLength(4);
  }, 90_000);

  it('catches up after D1 was unavailable for the whole conversation', async () => {
    const group = await connectedGroup(ada, grace);
    const { groupId } = group;
    await mirrorComplete(edgewise, groupId);
    await withoutTable(edgewise, 'groups', async () => {
      await converse(group);
      await eventually(() => {
        const failed = edgewise.logs().filter((line) => line.includes('mirror_failed'));
        expect(failed.some((line) => line.includes(groupId))).toBe(true);
      });
      await edgewise.evictRoom(groupId);
      await converse(group);
    });
    const rows = await mirrorComplete(edgewise, groupId);
    expect(rows.reactions).toHaveLength(6);
    expect(rows.follows).toHaveLength(4);
  }, 90_000);

  it('receives messages while cursors cannot be written, and the cursors once they can', async () => {
    const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
    await withoutTable(edgewise, 'cursor_packs', async () => {
      const { seq } = await say(adaSocket, 'read this');
      graceSocket.send({ type: 'thread_read', seq, mark: 0 });
      await eventually(() => {
        const failed = edgewise.logs().filter((line) => line.includes('mirror_failed'));
        expect(failed.some((line) => line.includes(groupId) && line.includes('settle'))).toBe(true);
      }, 25_000);
      const { id } = await say(adaSocket, 'and this');
      await eventually(async () => {
        const { results } = await edgewise.db
          .prepare('SELECT id FROM messages WHERE group_id = ? AND id = ?')
          .bind(groupId, id)
          .all();
        expect(results).toEqual([{ id }]);
      });
    });
    const { cursors } = await mirrorComplete(edgewise, groupId);
    expect(cursors).toHaveLength(1);
  }, 90_000);
});
