import { beforeAll, describe, expect, test } from 'vitest';
import { FavouriteList } from '../../../protocol/favourites.ts';
import { InboxEntryList } from '../../../protocol/rest.ts';
import { enterDirectory } from '../../support/directory-people.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';

const edgewise = sharedEdgewise();
const { ada, grace, linus } = edgewise.people('Ada', 'Grace', 'Linus');

beforeAll(() => enterDirectory([ada, grace, linus]));

/** Grace's favourites as her list over REST has them, in their order. */
async function listed(): Promise<string[]> {
  const { items } = (await grace.api('GET', '/api/groups')).as(InboxEntryList);
  return items
    .filter(({ favourite }) => favourite !== undefined)
    .sort((a, b) => (a.favourite ?? 0) - (b.favourite ?? 0))
    .map(({ group }) => group.id);
}

const put = (groupId: string, before?: string) =>
  grace.api('PUT', `/api/groups/${groupId}/favourite`, { before });

const remove = (groupId: string) => grace.api('DELETE', `/api/groups/${groupId}/favourite`);

const newGroup = () => ada.createGroup({ memberIds: [grace.userId], visibility: 'private' });

describe.for([
  ['warm', () => Promise.resolve()],
  ['after eviction', () => edgewise.evictInbox(grace.userId)],
] as const)('favourites, %s,', ([, maybeEvict]) => {
  test('stand in the order that their user gives them, which every client learns at once', async () => {
    const first = await newGroup();
    const direct = await grace.createDirect([ada]);
    await ada.post(direct.id, 'so that it is listed');
    const inbox = await grace.connectInbox();
    await inbox.next('inbox_state');
    expect((await put(first.id)).as(FavouriteList).items).toEqual([first.id]);
    await inbox.next('inbox_update', ({ entry }) => entry.favourite === 0);
    await maybeEvict();
    await put(direct.id, first.id);
    await inbox.next(
      'inbox_update',
      ({ entry }) => entry.groupId === first.id && entry.favourite === 1,
    );
    await inbox.next(
      'inbox_update',
      ({ entry }) => entry.groupId === direct.id && entry.favourite === 0,
    );
    await maybeEvict();
    expect(await listed()).toEqual([direct.id, first.id]);
    const other = await grace.connectInbox();
    const { groups } = await other.next('inbox_state');
    expect(groups.find(({ group }) => group.id === first.id)?.favourite).toBe(1);
    // What a Room sends says nothing of favourites, and ends none.
    await ada.post(first.id, 'more');
    const { entry } = await other.next('inbox_update', (it) => it.entry.groupId === first.id);
    expect(entry.favourite ?? 1).toBe(1);
    await maybeEvict();
    expect((await remove(direct.id)).as(FavouriteList).items).toEqual([first.id]);
    await other.next(
      'inbox_update',
      (it) => it.entry.groupId === direct.id && it.entry.favourite === null,
    );
    await remove(first.id);
    await inbox.close();
    await other.close();
  });

  test('a group that is left, or that one is removed from, is none any more, also after a return', async () => {
    const [left, removed, stays] = [await newGroup(), await newGroup(), await newGroup()];
    for (const { id } of [left, removed, stays]) await put(id);
    await maybeEvict();
    await grace.api('POST', `/api/groups/${left.id}/leave`);
    await ada.api('DELETE', `/api/groups/${removed.id}/members/${grace.userId}`);
    await expect.poll(listed, { timeout: 10_000 }).toEqual([stays.id]);
    await maybeEvict();
    for (const { id } of [left, removed]) {
      await ada.api('POST', `/api/groups/${id}/members`, { userIds: [grace.userId] });
    }
    await maybeEvict();
    const all = async () =>
      (await grace.api('GET', '/api/groups')).as(InboxEntryList).items.map(({ group }) => group.id);
    await expect.poll(all, { timeout: 10_000 }).toContain(left.id);
    expect(await listed()).toEqual([stays.id]);
    await remove(stays.id);
  });

  test('a hidden conversation comes back to its place', async () => {
    const group = await newGroup();
    const direct = await grace.createDirect([linus]);
    await linus.post(direct.id, 'hello');
    await put(direct.id);
    await put(group.id);
    await grace.api('POST', `/api/groups/${direct.id}/leave`);
    await expect.poll(listed, { timeout: 10_000 }).toEqual([group.id]);
    const inbox = await grace.connectInbox();
    await inbox.next('inbox_state');
    await maybeEvict();
    await linus.post(direct.id, 'again');
    const { entry } = await inbox.next('inbox_update', (it) => it.entry.groupId === direct.id);
    expect(entry).toMatchObject({ group: { id: direct.id }, favourite: 0 });
    await inbox.close();
    for (const { id } of [direct, group]) await remove(id);
  });

  test('a group that one is not in cannot become one', async () => {
    const strange = await ada.createGroup({ visibility: 'public' });
    await maybeEvict();
    expect((await put(strange.id)).status).toBe(404);
    expect((await put('nowhere')).status).toBe(404);
    expect(await listed()).toEqual([]);
  });
});

test('a move writes one row, however many others it moves', async () => {
  const groups = [await newGroup(), await newGroup(), await newGroup()];
  for (const { id } of groups) await put(id);
  const rows = await edgewise.inboxSql(grace.userId, 'SELECT group_ids FROM favourites');
  expect(rows).toEqual([{ group_ids: JSON.stringify(groups.map(({ id }) => id)) }]);
  for (const { id } of groups) await remove(id);
});

test('two devices that move different groups at once both get what they asked for', async () => {
  const [a, b, c] = [await newGroup(), await newGroup(), await newGroup()];
  for (const { id } of [a, b, c]) await put(id);
  await Promise.all([put(a.id), put(c.id, b.id)]);
  const order = await listed();
  expect(order).toHaveLength(3);
  expect(order.indexOf(c.id)).toBeLessThan(order.indexOf(b.id));
  expect(order.at(-1)).toBe(a.id);
  for (const { id } of [a, b, c]) await remove(id);
});
