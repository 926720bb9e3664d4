import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { MemberList } from '../../../protocol/rest.ts';
import { findMirroredGroup, mirrorChanges } from '../../../worker/directory/mirror.ts';
import { connectedGroup, connectNewMember, say } from '../../support/connected-group.ts';
import { eventually } from '../../support/eventually.ts';
import { mirrorComplete, mirroredRows } from '../../support/mirror.ts';
import { describeWarmAndEvicted, sharedEdgewise } from '../../support/shared-edgewise.ts';
import { rememberMirror } from '../../support/time-travel.ts';
import { SOON_SETTLED, UNLIMITED_PEOPLE } from '../../support/unlimited.ts';

const edgewise = sharedEdgewise({ vars: UNLIMITED_PEOPLE });
const { ada, grace, linus } = edgewise.people('Ada', 'Grace', 'Linus');

async function mirroredGroup(groupId: string) {
  return edgewise.db
    .prepare('SELECT topic, member_count, last_seq FROM groups WHERE id = ?')
    .bind(groupId)
    .first();
}

describeWarmAndEvicted(edgewise, 'a Room whose D1 was set back', (maybeEvict) => {
  it('writes everything that D1 lacks again, with its next change', async () => {
    const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
    const root = await say(adaSocket, 'root');
    const edited = await say(adaSocket, 'before');
    const gone = await say(adaSocket, 'gone later');
    graceSocket.send({ type: 'thread_read', seq: root.seq, mark: 0 });
    await mirrorComplete(edgewise, groupId);
    const setBack = await rememberMirror(edgewise, groupId);

    for (let n = 0; n < 5; n += 1) await say(adaSocket, `message ${n}`);
    adaSocket.send({ type: 'edit_message', id: edited.id, content: 'after' });
    adaSocket.send({ type: 'delete_message', id: gone.id });
    graceSocket.send({ type: 'reaction', id: root.id, emoji: '🎉', op: 'add' });
    const reply = await say(graceSocket, 'reply', { parentId: root.id });
    graceSocket.send({ type: 'thread_read', seq: reply.seq, mark: 0 });
    await connectNewMember(linus, groupId);
    await grace.api('PATCH', `/api/groups/${groupId}/preferences`, { level: 'mentions' });
    await ada.api('PATCH', `/api/groups/${groupId}`, { topic: 'newer' });
    await graceSocket.sync();
    const complete = await mirrorComplete(edgewise, groupId);
    await setBack();
    expect(await mirroredRows(edgewise, groupId)).not.toEqual(complete);
    await maybeEvict(groupId);

    await say(adaSocket, 'the next change');
    await mirrorComplete(edgewise, groupId);
    const { lastSeq, memberCount } = (await adaSocket.sync()).group;
    expect(await mirroredGroup(groupId)).toEqual({
      topic: 'newer',
      member_count: memberCount,
      last_seq: lastSeq,
    });
  }, 90_000);

  it('writes itself again if D1 does not know the group any more', async () => {
    const { groupId, adaSocket } = await connectedGroup(ada, grace);
    await say(adaSocket, 'D1 forgets this');
    await mirrorComplete(edgewise, groupId);
    for (const table of ['memberships', 'messages', 'cursor_packs']) {
      await edgewise.db.prepare(`DELETE FROM ${table} WHERE group_id = ?`).bind(groupId).run();
    }
    await edgewise.db.prepare('DELETE FROM groups WHERE id = ?').bind(groupId).run();
    await maybeEvict(groupId);

    // This change goes to D1 with the group and its members only, before any message.
    await linus.join(groupId);
    const { members } = await mirrorComplete(edgewise, groupId);
    expect(members).toHaveLength(3);
    expect(await mirroredGroup(groupId)).toMatchObject({ member_count: 3 });
  }, 90_000);
});

describe('the Room of a deleted group', () => {
  it('erases it from a D1 that was set back as soon as someone asks for it', async () => {
    const { groupId, adaSocket } = await connectedGroup(ada, grace);
    await say(adaSocket, 'to be erased');
    await mirrorComplete(edgewise, groupId);
    const setBack = await rememberMirror(edgewise, groupId);
    await ada.api('DELETE', `/api/groups/${groupId}`);
    const isErased = async () => {
      expect((await findMirroredGroup(edgewise.db, groupId))?.deletedAt).toBeDefined();
      expect((await mirroredRows(edgewise, groupId)).messages).toEqual([]);
    };
    await eventually(isErased);
    // What the Room does by itself after its last change would erase it again at once.
    await sleep(2 * Number(SOON_SETTLED.ROOM_SETTLE_MS));
    await edgewise.evictRoom(groupId);
    await setBack();
    await expect(isErased()).rejects.toThrow();

    expect(await ada.api('GET', `/api/groups/${groupId}`)).toMatchObject({ status: 404 });
    await eventually(isErased);
  }, 60_000);
});

describe('an attempt to write to a D1 that was set back', () => {
  it('writes no row with a rev, so that an eviction right then hides nothing', async () => {
    const { groupId, adaSocket } = await connectedGroup(ada, grace);
    await say(adaSocket, 'here');
    const { messages, ...rows } = await mirrorComplete(edgewise, groupId);
    const group = await findMirroredGroup(edgewise.db, groupId);
    if (!group) throw new Error('no group');
    const listed = await ada.api('GET', `/api/groups/${groupId}/members`);
    const members = listed.as(MemberList).items.map((it) => ({ ...it, rev: group.counter + 10 }));
    const newer = { ...group, topic: 'newer', counter: group.counter + 10 };
    const result = await mirrorChanges(edgewise.db, newer, { members }, group.counter + 1);
    expect(result.isSetBack).toBe(true);
    expect(await mirroredRows(edgewise, groupId)).toEqual({ messages, ...rows });
    expect(await findMirroredGroup(edgewise.db, groupId)).toEqual(group);
    const again = await mirrorChanges(edgewise.db, newer, {}, group.counter);
    expect(again.isSetBack).toBe(false);
  });
});
