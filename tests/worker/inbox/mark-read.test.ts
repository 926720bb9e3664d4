import { beforeAll, describe, expect, test } from 'vitest';
import { GROUPS_READ_AT_ONCE } from '../../../protocol/limits.ts';
import { GroupsRead, GroupsUnread } from '../../../protocol/reading.ts';
import { type InboxEntry, InboxEntryList } from '../../../protocol/rest.ts';
import { enterDirectory } from '../../support/directory-people.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';

const edgewise = sharedEdgewise();
const { ada, grace } = edgewise.people('Ada', 'Grace');

beforeAll(() => enterDirectory([ada, grace]));

/** A Room calls an Inbox at most once a second, and later after an eviction. */
const SOON = { timeout: 10_000 };

/** A group of Ada and Grace in which Grace has a thread; two messages and one reply are unread for her. */
async function unreadGroup(): Promise<{ id: string; rootId: string }> {
  const { id } = await ada.createGroup({ memberIds: [grace.userId], visibility: 'private' });
  const { id: rootId } = await grace.post(id, 'what do you think?');
  await ada.post(id, 'one');
  await ada.post(id, 'two');
  await ada.post(id, 'a reply', { parentId: rootId });
  return { id, rootId };
}

async function listed(groupIds: readonly string[]): Promise<InboxEntry[]> {
  const { items } = (await grace.api('GET', '/api/groups')).as(InboxEntryList);
  return groupIds.flatMap((id) => items.find(({ group }) => group.id === id) ?? []);
}

const counts = (entries: readonly InboxEntry[]) =>
  entries.map(({ unread, threads }) => [unread, ...threads.map((it) => it.unread)]);

const read = (groups: readonly { groupId: string; seq: number }[]) =>
  grace.api('POST', '/api/inbox/read', { groups });

describe.for([
  ['warm', () => Promise.resolve()],
  [
    'after eviction',
    async (groupIds: readonly string[]) => {
      await edgewise.evictInbox(grace.userId);
      for (const id of groupIds) await edgewise.evictRoom(id);
    },
  ],
] as const)('groups that are marked as read, %s,', ([, maybeEvict]) => {
  test('are read with their threads, on every device at once, and unread again after an undo', async () => {
    const groups = [await unreadGroup(), await unreadGroup()];
    const ids = groups.map(({ id }) => id);
    await expect
      .poll(async () => counts(await listed(ids)), SOON)
      .toEqual([
        [2, 1],
        [2, 1],
      ]);
    const before = await listed(ids);
    const inbox = await grace.connectInbox();
    await inbox.next('inbox_state');
    await maybeEvict(ids);
    const answer = (
      await read(before.map(({ group }) => ({ groupId: group.id, seq: group.lastSeq })))
    ).as(GroupsRead);
    expect(counts(answer.entries)).toEqual([[0], [0]]);
    expect(answer.failed).toEqual([]);
    await inbox.until('both are read', () => {
      const seen = inbox.events.flatMap((event) =>
        event.type === 'inbox_update' && event.entry.threads?.length === 0
          ? event.entry.groupId
          : [],
      );
      return ids.every((id) => seen.includes(id)) || undefined;
    });
    await maybeEvict(ids);
    // A repeat finds nothing, so that there is nothing to undo twice.
    const again = await read(before.map(({ group }) => ({ groupId: group.id, seq: 999 })));
    expect(again.as(GroupsRead).before).toEqual([]);
    const undo = { groups: answer.before };
    const undone = (await grace.api('POST', '/api/inbox/unread', undo)).as(GroupsUnread);
    expect(undone.entries.map(({ readSeq }) => readSeq)).toEqual(
      before.map(({ readSeq }) => readSeq),
    );
    expect(counts(undone.entries)).toEqual(counts(before));
    await inbox.next('inbox_update', ({ entry }) => entry.unread === 2);
    await maybeEvict(ids);
    const repeated = await grace.api('POST', '/api/inbox/unread', undo);
    expect(counts(repeated.as(GroupsUnread).entries)).toEqual(counts(before));
    await inbox.close();
  });

  test('keep unread what arrives in between', async () => {
    const { id, rootId } = await unreadGroup();
    await expect.poll(async () => counts(await listed([id])), SOON).toEqual([[2, 1]]);
    const [seen] = await listed([id]);
    const seq = seen?.group.lastSeq ?? 0;
    await ada.post(id, 'just now');
    await ada.post(id, 'and here', { parentId: rootId });
    await maybeEvict([id]);
    const answer = (await read([{ groupId: id, seq }])).as(GroupsRead);
    expect(counts(answer.entries)).toEqual([[1, 1]]);
    await ada.post(id, 'before the undo');
    await maybeEvict([id]);
    const undo = { groups: answer.before };
    const undone = (await grace.api('POST', '/api/inbox/unread', undo)).as(GroupsUnread);
    expect(counts(undone.entries)).toEqual([[4, 2]]);
  });

  test('name those whose Room did not answer, which stay unread, and leave out those that I am not in', async () => {
    const [{ id: well }, { id: ill }] = [await unreadGroup(), await unreadGroup()];
    const strange = await ada.createGroup({ visibility: 'public' });
    await edgewise.roomSql(ill, 'ALTER TABLE follows RENAME TO unknown_follows');
    await maybeEvict([well]);
    const groups = [well, ill, strange.id].map((groupId) => ({ groupId, seq: 999 }));
    const answer = (await read(groups)).as(GroupsRead);
    await edgewise.roomSql(ill, 'ALTER TABLE unknown_follows RENAME TO follows');
    expect(answer.failed).toEqual([ill]);
    expect(answer.entries.map(({ group }) => group.id)).toEqual([well]);
    await maybeEvict([ill]);
    await expect.poll(async () => counts(await listed([well, ill])), SOON).toEqual([[0], [2, 1]]);
  });
});

test.each([
  ['no group', []],
  ['more groups than one request may name', Array.from({ length: GROUPS_READ_AT_ONCE + 1 })],
])('%s is refused', async (_, groups) => {
  const [{ group } = { group: undefined }] = (await grace.api('GET', '/api/groups')).as(
    InboxEntryList,
  ).items;
  const named = groups.map(() => ({ groupId: group?.id ?? '', seq: 1 }));
  expect((await read(named)).status).toBe(422);
});
