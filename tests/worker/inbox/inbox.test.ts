import { beforeAll, describe, expect, test } from 'vitest';
import type { InboxUpdate } from '../../../protocol/inbox.ts';
import { InboxEntryList } from '../../../protocol/rest.ts';
import { enterDirectory } from '../../support/directory-people.ts';
import { eventually } from '../../support/eventually.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';

const edgewise = sharedEdgewise();
const { ada, grace, linus, margaret } = edgewise.people('Ada', 'Grace', 'Linus', 'Margaret');

beforeAll(() => enterDirectory([ada, grace, linus, margaret]));

const members = () => ({ memberIds: [grace.userId], visibility: 'private' as const });

describe.for([
  ['warm', () => Promise.resolve()],
  ['after eviction', () => edgewise.evictInbox(grace.userId)],
] as const)('the Inbox, %s,', ([state, maybeEvict]) => {
  test('sends all groups first, then what is new elsewhere, with one number after the other', async () => {
    const group = await ada.createGroup(members());
    const inbox = await grace.connectInbox();
    const state = await inbox.next('inbox_state');
    expect(state.user).toMatchObject({ id: grace.userId, name: 'Grace' });
    expect(state.groups.find((entry) => entry.group.id === group.id)).toMatchObject({
      role: 'member',
      unread: 0,
      mentions: 0,
      threads: [],
      level: 'all',
    });
    await maybeEvict();
    await ada.post(group.id, 'hello');
    await inbox.next('inbox_update', ({ entry }) => entry.unread === 1);
    await maybeEvict();
    await ada.post(group.id, `<@${grace.userId}> look`);
    const { entry } = await inbox.next('inbox_update', (event) => event.entry.mentions === 1);
    expect(entry).toMatchObject({
      groupId: group.id,
      unread: 2,
      last: {
        userId: ada.userId,
        name: ada.name,
        preview: `<@${grace.userId}> look`,
        mentioned: [{ id: grace.userId, name: grace.name }],
      },
    });
    expect(inbox.events.map((event) => event.n)).toEqual(inbox.events.map((_, index) => index + 1));
    await inbox.close();
  });

  test.each(['edit a reply', 'delete a reply', 'edit the root', 'delete the root'] as const)(
    'tells those who follow a thread of a change that leaves nothing unread: %s',
    async (what) => {
      const group = await ada.createGroup();
      for (const person of [grace, margaret]) await person.join(group.id);
      const root = await ada.post(group.id, 'root');
      const reply = await grace.post(group.id, 'reply', { parentId: root.id });
      await grace.post(group.id, 'not this one');
      const changed = what.endsWith('root') ? root : reply;
      const inboxes = await Promise.all([grace, margaret].map((it) => it.connectInbox()));
      for (const inbox of inboxes) await inbox.next('inbox_state');
      const [followed, other] = inboxes;
      await maybeEvict();
      if (state === 'after eviction') await edgewise.evictRoom(group.id);
      const path = `/api/messages/${changed.id}?groupId=${group.id}`;
      const author = changed === root ? ada : grace;
      await (what.startsWith('edit')
        ? author.api('PATCH', path, { content: 'another' })
        : author.api('DELETE', path));
      const named = ({ entry }: { entry: InboxUpdate }) =>
        entry.groupId === group.id ? entry.changedThreads?.[0] : undefined;
      const told = await followed?.next('inbox_update', (event) => named(event) !== undefined);
      expect(told && named(told)).toEqual({ parentId: root.id, rev: expect.any(Number) });
      await ada.post(group.id, 'and on');
      await other?.next('inbox_update', ({ entry }) => entry.last?.preview === 'and on');
      for (const event of other?.events ?? []) {
        if (event.type === 'inbox_update') expect(named(event)).toBeUndefined();
      }
      for (const inbox of inboxes) await inbox.close();
    },
  );

  test('a group that one is added to appears, and one that is left or deleted disappears', async () => {
    const inbox = await grace.connectInbox();
    await inbox.next('inbox_state');
    await maybeEvict();
    const group = await ada.createGroup({ visibility: 'private' });
    const path = `/api/groups/${group.id}`;
    await ada.api('POST', `${path}/members`, { userIds: [grace.userId] });
    await inbox.next('inbox_update', ({ entry }) => entry.group?.id === group.id);
    await maybeEvict();
    await ada.api('DELETE', `${path}/members/${grace.userId}`);
    await inbox.next('inbox_remove', ({ groupId }) => groupId === group.id);
    await ada.api('POST', `${path}/members`, { userIds: [grace.userId] });
    await inbox.next('inbox_update', ({ entry }) => entry.group?.id === group.id);
    await maybeEvict();
    await ada.api('DELETE', path);
    await inbox.next('inbox_remove', ({ groupId }) => groupId === group.id);
    await inbox.close();
  });

  test('reading on one device, and a preference, arrive on the other', async () => {
    const group = await ada.createGroup(members());
    const message = await ada.post(group.id, 'hello');
    const inbox = await grace.connectInbox();
    await inbox.next('inbox_state');
    const room = await grace.connect(group.id);
    const { me } = await room.next('thread_state');
    await maybeEvict();
    room.send({ type: 'thread_read', seq: message.seq, mark: me.mark });
    await inbox.next('inbox_update', ({ entry }) => entry.readSeq === message.seq);
    const set = await grace.api('PATCH', `/api/groups/${group.id}/preferences`, {
      level: 'mentions',
      mutedUntil: 5,
    });
    expect(set.status).toBe(200);
    await inbox.next('inbox_update', ({ entry }) => entry.level === 'mentions');
    await grace.api('PATCH', `/api/groups/${group.id}/preferences`, { mutedUntil: null });
    await inbox.next(
      'inbox_update',
      ({ entry }) => entry.mutedUntil === null || !('mutedUntil' in entry),
    );
    await room.close();
    await inbox.close();
  });
});

test('what happened while no client was open is there when one connects', async () => {
  const group = await ada.createGroup(members());
  const first = await grace.connectInbox();
  await first.next('inbox_state');
  await first.close();
  for (let n = 0; n < 3; n += 1) await ada.post(group.id, `away ${n}`);
  await edgewise.evictInbox(grace.userId);
  const second = await grace.connectInbox();
  // A Room calls an Inbox at most once a second, so the last of it may come right after the state.
  await second.until('the count', () => {
    const entries = second.events.flatMap<{ unread?: number | undefined }>((event) => {
      if (event.type === 'inbox_state')
        return event.groups.filter(({ group: { id } }) => id === group.id);
      return event.type === 'inbox_update' && event.entry.groupId === group.id ? [event.entry] : [];
    });
    return entries.find(({ unread }) => unread === 3);
  });
  await second.close();
});

test('a Room that was told that nobody is there does not call again until a client connects', async () => {
  const group = await ada.createGroup(members());
  const fed = async () =>
    (
      await edgewise.roomSql(group.id, 'SELECT fed FROM members WHERE user_id = ?', linus.userId)
    )[0]?.['fed'];
  await ada.api('POST', `/api/groups/${group.id}/members`, { userIds: [linus.userId] });
  await eventually(async () => expect(await fed()).toBe(0));
  await ada.post(group.id, 'unheard');
  expect(await fed()).toBe(0);
  const inbox = await linus.connectInbox();
  const { groups } = await inbox.next('inbox_state');
  expect(groups.find((entry) => entry.group.id === group.id)).toMatchObject({ unread: 1 });
  expect(await fed()).toBe(1);
  await inbox.close();
});

test('the list over REST has a new group at once, and counts as the Rooms do', async () => {
  const group = await ada.createGroup(members());
  const list = async () => (await grace.api('GET', '/api/groups')).as(InboxEntryList).items;
  expect(await list()).toContainEqual(expect.objectContaining({ group }));
  await ada.post(group.id, `<@${grace.userId}> hello`);
  await eventually(async () =>
    expect(await list()).toContainEqual(
      expect.objectContaining({
        group: expect.objectContaining({ id: group.id }),
        unread: 1,
        mentions: 1,
      }),
    ),
  );
});
