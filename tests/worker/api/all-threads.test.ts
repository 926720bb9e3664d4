import { describe, expect, test } from 'vitest';
import type { Message } from '../../../protocol/models.ts';
import { ThreadList, ThreadState } from '../../../protocol/threads.ts';
import { say } from '../../support/connected-group.ts';
import { enterDirectory } from '../../support/directory-people.ts';
import { eventually } from '../../support/eventually.ts';
import type { Person } from '../../support/person.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';
import { UNLIMITED_PEOPLE } from '../../support/unlimited.ts';
import { withoutTable } from '../../support/without-table.ts';

const edgewise = sharedEdgewise({ vars: UNLIMITED_PEOPLE });
let pairs = 0;

/** Two people without groups: the list of a person is over all of theirs. */
async function newPair(): Promise<{ ada: Person; grace: Person }> {
  pairs += 1;
  const ada = await edgewise.signIn(`Ada ${pairs}`);
  const grace = await edgewise.signIn(`Grace ${pairs}`);
  await enterDirectory([ada, grace]);
  return { ada, grace };
}

async function groupsOf({ ada, grace }: { ada: Person; grace: Person }, count: number) {
  const ids: string[] = [];
  for (let made = 0; made < count; made += 1) {
    const { id } = await ada.createGroup({ visibility: 'private', memberIds: [grace.userId] });
    ids.push(id);
  }
  return ids;
}

async function listOf(person: Person, more = ''): Promise<ThreadList> {
  const answer = await person.api('GET', `/api/threads?limit=100${more}`);
  expect(answer.status).toBe(200);
  return answer.as(ThreadList);
}

/** Each root's content and its number of unread replies. */
const shown = ({ items }: ThreadList) =>
  items.map(({ root, unread }) => `${root.content}: ${unread}`);

async function change(person: Person, root: Message, body: object) {
  return person.api('PATCH', `/api/threads/${root.id}?groupId=${root.groupId}`, body);
}

describe.for(['warm', 'after eviction'] as const)('the threads of all groups, %s,', (state) => {
  const maybeEvict = async (person: Person, groupIds: readonly string[]) => {
    if (state === 'warm') return;
    await edgewise.evictInbox(person.userId);
    for (const groupId of groupIds) await edgewise.evictRoom(groupId);
  };

  test('are those that I follow, unread first, with their last replies and the people they name', async () => {
    const { ada, grace } = await newPair();
    const groupIds = await groupsOf({ ada, grace }, 2);
    const [one = '', two = ''] = groupIds;
    const early = await ada.post(one, 'early');
    const late = await ada.post(two, 'late');
    const theirs = await grace.post(one, 'theirs');
    const foreign = await grace.post(two, 'foreign');
    await ada.post(two, 'silent');
    const inbox = await ada.connectInbox();
    await inbox.next('inbox_state');
    await maybeEvict(ada, groupIds);
    await grace.post(one, 'first', { parentId: early.id });
    await grace.post(two, 'second', { parentId: late.id });
    await grace.post(two, 'alone', { parentId: foreign.id });
    await ada.post(one, 'me too', { parentId: theirs.id });
    const list = await eventually(async () => {
      const found = await listOf(ada);
      expect(shown(found)).toEqual(['late: 1', 'early: 1', 'theirs: 0']);
      return found;
    });
    expect(list.items[0]).toMatchObject({ groupId: two, replies: [{ content: 'second' }] });
    expect(list.users.map(({ id }) => id).sort()).toEqual([ada.userId, grace.userId].sort());
    expect(list).not.toHaveProperty('incomplete');
    expect(list).not.toHaveProperty('next');
    await inbox.close();
  });

  test('have a reply that was sent right before, although D1 does not have it yet', async () => {
    const { ada, grace } = await newPair();
    const groupIds = await groupsOf({ ada, grace }, 1);
    const [groupId = ''] = groupIds;
    const root = await ada.post(groupId, 'root');
    await maybeEvict(ada, groupIds);
    await withoutTable(edgewise, 'messages', async () => {
      await grace.post(groupId, 'just now', { parentId: root.id });
      await eventually(async () => expect(shown(await listOf(ada))).toEqual(['root: 1']), 2_000);
    });
  });

  test('are read on one device and so on the other, and are followed no more after they were left', async () => {
    const { ada, grace } = await newPair();
    const groupIds = await groupsOf({ ada, grace }, 1);
    const [groupId = ''] = groupIds;
    const root = await ada.post(groupId, 'root');
    const reply = await grace.post(groupId, 'reply', { parentId: root.id });
    const phone = await ada.connectInbox();
    const { groups } = await phone.next('inbox_state');
    expect(groups[0]?.threads).toEqual([
      { parentId: root.id, unread: 1, lastReplyAt: reply.createdAt },
    ]);
    expect(groups[0]?.lastThreadReplyAt).toBe(reply.createdAt);
    await maybeEvict(ada, groupIds);
    const read = await change(ada, root, { readSeq: reply.seq });
    expect(read.status).toBe(200);
    expect(read.as(ThreadState)).toMatchObject({ thread: { unread: 0 }, following: true });
    await phone.next('inbox_update', ({ entry }) => entry.threads?.length === 0);
    expect(shown(await listOf(ada))).toEqual(['root: 0']);
    await maybeEvict(ada, groupIds);
    const left = await change(ada, root, { following: false });
    expect(left.as(ThreadState).following).toBe(false);
    expect(shown(await listOf(ada))).toEqual([]);
    await change(ada, root, { following: true });
    expect(shown(await listOf(ada))).toEqual(['root: 0']);
    await phone.close();
  });

  test('do not include those of a group that I was removed from, also not for a moment', async () => {
    const { ada, grace } = await newPair();
    const groupIds = await groupsOf({ ada, grace }, 2);
    const [one = '', two = ''] = groupIds;
    for (const groupId of groupIds) {
      const root = await grace.post(groupId, groupId === one ? 'one' : 'two');
      await ada.post(groupId, 'reply', { parentId: root.id });
    }
    expect(shown(await listOf(grace))).toEqual(['two: 1', 'one: 1']);
    await maybeEvict(grace, groupIds);
    await ada.api('DELETE', `/api/groups/${two}/members/${grace.userId}`);
    expect(shown(await listOf(grace))).toEqual(['one: 1']);
  });

  test('show a deleted root as a tombstone, and not one whose replies were all deleted', async () => {
    const { ada, grace } = await newPair();
    const groupIds = await groupsOf({ ada, grace }, 1);
    const [groupId = ''] = groupIds;
    const kept = await ada.post(groupId, 'kept');
    const gone = await ada.post(groupId, 'gone');
    await grace.post(groupId, 'reply', { parentId: kept.id });
    const only = await grace.post(groupId, 'reply', { parentId: gone.id });
    await maybeEvict(ada, groupIds);
    await ada.api('DELETE', `/api/messages/${kept.id}?groupId=${groupId}`);
    await grace.api('DELETE', `/api/messages/${only.id}?groupId=${groupId}`);
    const { items } = await listOf(ada);
    expect(items).toHaveLength(1);
    expect(items[0]?.root).toMatchObject({ id: kept.id, content: '' });
    expect(items[0]?.root.deletedAt).toBeGreaterThan(0);
  });

  test('of an archived group are listed while they have unread replies; those of a hidden conversation are not', async () => {
    const { ada, grace } = await newPair();
    const groupIds = await groupsOf({ ada, grace }, 1);
    const [groupId = ''] = groupIds;
    const direct = await ada.createDirect([grace]);
    const read = await ada.post(groupId, 'read');
    const unread = await ada.post(groupId, 'unread');
    const hidden = await ada.post(direct.id, 'hidden');
    const reply = await grace.post(groupId, 'reply', { parentId: read.id });
    await grace.post(groupId, 'reply', { parentId: unread.id });
    await grace.post(direct.id, 'reply', { parentId: hidden.id });
    await change(ada, read, { readSeq: reply.seq });
    await maybeEvict(ada, [...groupIds, direct.id]);
    await ada.api('PATCH', `/api/groups/${groupId}`, { archived: true });
    await ada.api('POST', `/api/groups/${direct.id}/leave`);
    await eventually(async () => expect(shown(await listOf(ada))).toEqual(['unread: 1']));
  });
});

test('120 threads in several groups all come, in pages, while replies arrive', async () => {
  const { ada, grace } = await newPair();
  const groupIds = await groupsOf({ ada, grace }, 4);
  const sockets = await Promise.all(
    groupIds.map(async (groupId) => {
      const mine = await ada.connect(groupId);
      const theirs = await grace.connect(groupId);
      const { me } = await mine.next('thread_state');
      await theirs.next('thread_state');
      return { mine, theirs, mark: me.mark };
    }),
  );
  const roots: Message[] = [];
  for (let n = 0; n < 120; n += 1) {
    const group = sockets[n % sockets.length];
    if (!group) throw new Error('no group');
    const root = await say(group.mine, `thread ${n}`);
    roots.push(root);
    const { seq } = await say(group.theirs, 'reply', { parentId: root.id });
    if (n % 2 > 0) continue;
    group.mine.send({ type: 'thread_read', parentId: root.id, seq, mark: group.mark });
  }
  for (const { mine } of sockets) await mine.sync();
  const names: string[] = [];
  const unread: number[] = [];
  for (let cursor = '', page = 0; ; page += 1) {
    const answer = await ada.api('GET', `/api/threads?limit=25${cursor}`);
    const list = answer.as(ThreadList);
    names.push(...list.items.map(({ root }) => root.content));
    unread.push(...list.items.map((item) => item.unread));
    if (list.next === undefined) break;
    cursor = `&cursor=${encodeURIComponent(list.next)}`;
    for (const at of [0, 1, 60, 61, 118, 119]) {
      const root = roots[at];
      const group = sockets[at % sockets.length];
      if (root && group) await say(group.theirs, `late ${page}`, { parentId: root.id });
    }
  }
  expect(names.slice(0, 3)).toEqual(['thread 119', 'thread 117', 'thread 115']);
  // The sixty with unread replies come first, whatever arrives.
  expect(names.slice(0, 60).every((name) => Number(name.slice(7)) % 2 === 1)).toBe(true);
  expect(unread.slice(0, 60).every((count) => count > 0)).toBe(true);
  expect(new Set(names).size).toBe(120);
  // Those of the first page, whose replies had just been written, may come again.
  const again = names.filter((name, at) => names.indexOf(name) < at);
  expect(again.every((name) => names.indexOf(name) < 25)).toBe(true);
  for (const { mine, theirs } of sockets) {
    await mine.close();
    await theirs.close();
  }
});

describe('what cannot be reached', () => {
  test('a Room that fails leaves the others, and the list says that it is incomplete', async () => {
    const { ada, grace } = await newPair();
    const [lost = '', there = ''] = await groupsOf({ ada, grace }, 2);
    for (const groupId of [lost, there]) {
      const root = await ada.post(groupId, groupId === lost ? 'lost' : 'there');
      await grace.post(groupId, 'reply', { parentId: root.id });
    }
    expect(shown(await listOf(ada))).toEqual(['there: 1', 'lost: 1']);
    await edgewise.roomSql(lost, 'ALTER TABLE follows RENAME TO follows_away');
    const list = await listOf(ada);
    expect(shown(list)).toEqual(['there: 1']);
    expect(list.incomplete).toBe(true);
    await edgewise.roomSql(lost, 'ALTER TABLE follows_away RENAME TO follows');
    expect(await listOf(ada)).not.toHaveProperty('incomplete');
  });

  test('without D1 the list has what the Inbox and the Rooms know, and says that it may lack something', async () => {
    const { ada, grace } = await newPair();
    const [groupId = ''] = await groupsOf({ ada, grace }, 1);
    const root = await ada.post(groupId, 'root');
    await grace.post(groupId, 'reply', { parentId: root.id });
    expect(shown(await listOf(ada))).toEqual(['root: 1']);
    await withoutTable(edgewise, 'memberships', async () => {
      await grace.post(groupId, 'again', { parentId: root.id });
      await eventually(async () => {
        const list = await listOf(ada);
        expect(shown(list)).toEqual(['root: 2']);
        expect(list.incomplete).toBe(true);
      });
    });
  });
});

describe('one thread', () => {
  test('can be read by members, with whether they follow it', async () => {
    const { ada, grace } = await newPair();
    const [groupId = ''] = await groupsOf({ ada, grace }, 1);
    const root = await ada.post(groupId, 'root');
    const reply = await ada.post(groupId, 'reply', { parentId: root.id });
    const path = `/api/threads/${root.id}?groupId=${groupId}`;
    const seen = (await grace.api('GET', path)).as(ThreadState);
    expect(seen).toMatchObject({
      thread: { groupId, root: { id: root.id, replyCount: 1 }, unread: 0 },
      following: false,
      users: [{ id: ada.userId }],
    });
    expect(seen.thread.replies.map(({ id }) => id)).toEqual([reply.id]);
    expect((await ada.api('GET', path)).as(ThreadState).following).toBe(true);
  });

  test.for([
    ['a reply', 404],
    ['a stranger', 404],
  ] as const)('is not found for %s', async ([what, status]) => {
    const { ada, grace } = await newPair();
    const [groupId = ''] = await groupsOf({ ada, grace }, 1);
    const root = await ada.post(groupId, 'root');
    const reply = await ada.post(groupId, 'reply', { parentId: root.id });
    const linus = await edgewise.signIn('Linus');
    const [who, id] = what === 'a reply' ? [ada, reply.id] : [linus, root.id];
    const path = `/api/threads/${id}?groupId=${groupId}`;
    expect((await who.api('GET', path)).status).toBe(status);
    expect((await who.api('PATCH', path, { following: true })).status).toBe(status);
  });

  test('is read only forward, and only by what can be a seq', async () => {
    const { ada, grace } = await newPair();
    const [groupId = ''] = await groupsOf({ ada, grace }, 1);
    const root = await ada.post(groupId, 'root');
    const first = await grace.post(groupId, 'first', { parentId: root.id });
    const second = await grace.post(groupId, 'second', { parentId: root.id });
    const unreadAfter = async (readSeq: number) =>
      (await change(ada, root, { readSeq })).as(ThreadState).thread.unread;
    expect(await unreadAfter(first.seq)).toBe(1);
    expect(await unreadAfter(second.seq)).toBe(0);
    expect(await unreadAfter(first.seq)).toBe(0);
    expect((await change(ada, root, { readSeq: -1 })).status).toBe(422);
    expect((await change(ada, root, { following: 'yes' })).status).toBe(422);
  });
});
