import { beforeAll, describe, expect, test } from 'vitest';
import { Problem } from '../../../protocol/errors.ts';
import { Group } from '../../../protocol/models.ts';
import { InboxEntryList, MemberList } from '../../../protocol/rest.ts';
import { deactivatedPerson, enterDirectory } from '../../support/directory-people.ts';
import { eventually } from '../../support/eventually.ts';
import { emptyRoom, mirrorComplete } from '../../support/mirror.ts';
import type { Person } from '../../support/person.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';

const edgewise = sharedEdgewise();
const { ada, grace, linus, hedy } = edgewise.people('Ada', 'Grace', 'Linus', 'Hedy');

beforeAll(() => enterDirectory([ada, grace, linus, hedy]));

const listOf = async (who: Person) =>
  (await who.api('GET', '/api/groups')).as(InboxEntryList).items;
const entryOf = async (who: Person, groupId: string) =>
  (await listOf(who)).find(({ group }) => group.id === groupId);
const membersOf = async (who: Person, groupId: string) =>
  (await who.api('GET', `/api/groups/${groupId}/members`)).as(MemberList).items;
const create = (who: Person, memberIds: readonly string[]) =>
  who.api('POST', '/api/groups', { kind: 'direct', memberIds });

/** A new person, whom nobody has written to yet. */
async function newcomer(name: string): Promise<Person> {
  const person = await edgewise.signIn(name);
  await enterDirectory([person]);
  return person;
}

describe('the same people', () => {
  test('have one direct group, though all of them create it at once, several times, in any order', async () => {
    const all = [ada, grace, linus, hedy];
    const sets = Array.from({ length: 2 ** all.length }, (_, bits) =>
      all.filter((_, index) => bits & (1 << index)),
    ).filter((people) => people.length >= 2);
    for (const people of sets) {
      const answers = await Promise.all(
        [...people, ...people].map((creator, index) => {
          const others = people.flatMap(({ userId }) => (userId === creator.userId ? [] : userId));
          return create(creator, index < people.length ? others : others.reverse());
        }),
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
      const [first] = answers.map((answer) => answer.as(Group));
      expect(new Set(answers.map((answer) => answer.as(Group).id)).size).toBe(1);
      expect(first).toMatchObject({ kind: 'direct', name: '', topic: '', visibility: 'private' });
      for (const who of people) {
        const members = await membersOf(who, first?.id ?? '');
        expect(members.map(({ userId }) => userId).sort()).toEqual(
          people.map(({ userId }) => userId).sort(),
        );
        expect(members.every(({ role }) => role === 'member')).toBe(true);
      }
    }
  });

  test('are at most nine, and each gets the messages', async () => {
    const others = await Promise.all(
      Array.from({ length: 9 }, (_, n) => newcomer(`Person ${n + 1}`)),
    );
    const group = await ada.createDirect(others.slice(0, 8));
    expect(group.memberCount).toBe(9);
    await ada.post(group.id, 'all of you');
    for (const who of others.slice(0, 8)) {
      const entry = await entryOf(who, group.id);
      expect(entry).toMatchObject({ unread: 1, mentions: 1, role: 'member' });
      expect(entry?.people).toHaveLength(8);
      expect(entry?.people?.map(({ id }) => id)).not.toContain(who.userId);
    }
    expect(
      (
        await create(
          ada,
          others.map(({ userId }) => userId),
        )
      ).status,
    ).toBe(422);
  });

  test.for([
    ['nobody', () => []],
    ['oneself', () => [ada.userId]],
    ['oneself and another', () => [grace.userId, ada.userId]],
    ['a person twice', () => [grace.userId, grace.userId]],
    ['an unknown person', () => [grace.userId, 'user_nobody']],
  ] as const)('cannot be %s', async ([, memberIds]) => {
    const refused = await create(ada, memberIds());
    expect(refused.status).toBe(422);
    expect(Object.keys(refused.as(Problem).fields ?? {})).toEqual(['memberIds']);
  });

  test('cannot have a deactivated person among them', async () => {
    const gone = await deactivatedPerson(edgewise);
    const refused = await create(ada, [grace.userId, gone.userId]);
    expect(refused.as(Problem).fields?.['memberIds']).toContain(gone.userId);
  });
});

test('someone who was never in it finds no such group', async () => {
  const { id } = await ada.createDirect([grace]);
  await ada.post(id, 'between us');
  for (const [method, path] of [
    ['GET', `/api/groups/${id}`],
    ['GET', `/api/groups/${id}/members`],
    ['GET', `/api/messages?groupId=${id}`],
    ['POST', `/api/groups/${id}/join`],
    ['POST', `/api/groups/${id}/leave`],
  ] as const) {
    expect(await linus.api(method, path)).toMatchObject({
      status: 404,
      body: { code: 'not_found' },
    });
  }
  const socket = await linus.connect(id);
  expect(await socket.closed).toMatchObject({ code: 4404 });
});

describe('a guest', () => {
  test('can write only to people of their groups, and stays a guest', async () => {
    const guest = await newcomer('Visiting guest');
    const group = await ada.createGroup({ visibility: 'private', memberIds: [grace.userId] });
    await ada.api('POST', `/api/groups/${group.id}/members`, {
      userIds: [guest.userId],
      role: 'guest',
    });
    const refused = await create(guest, [grace.userId, linus.userId]);
    expect(refused.as(Problem).fields?.['memberIds']).toBe(`no such person: ${linus.userId}`);
    expect((await create(guest, [ada.userId, grace.userId])).status).toBe(201);
    // Someone else may start a conversation with a guest.
    expect((await create(linus, [guest.userId])).status).toBe(201);
    expect((await guest.api('GET', '/api/groups/public')).status).toBe(403);
  });
});

describe.for([
  ['warm', async () => undefined],
  [
    'after eviction',
    async (groupId: string) => {
      await edgewise.evictRoom(groupId);
      for (const { userId } of [ada, grace]) {
        // One that is not running has nothing in memory.
        await edgewise.evictInbox(userId).catch(() => undefined);
      }
    },
  ],
] as const)('a direct group, %s,', ([when, maybeEvict]) => {
  test('is in nobody’s list while it is empty, and in everyone’s with its first message', async () => {
    const other = await newcomer(`Empty ${when}`);
    const inboxes = [await ada.connectInbox(), await other.connectInbox()];
    for (const inbox of inboxes) await inbox.next('inbox_state');
    const { id } = await ada.createDirect([other]);
    expect([await entryOf(ada, id), await entryOf(other, id)]).toEqual([undefined, undefined]);
    expect((await other.api('GET', `/api/groups/${id}`)).status).toBe(200);
    const again = await ada.connectInbox();
    const { groups } = await again.next('inbox_state');
    expect(groups.map(({ group }) => group.id)).not.toContain(id);
    await maybeEvict(id);
    await ada.post(id, 'hello');
    for (const inbox of [...inboxes, again]) {
      const { entry } = await inbox.next('inbox_update', (event) => event.entry.groupId === id);
      expect(entry).toMatchObject({ group: { id, kind: 'direct' }, last: { preview: 'hello' } });
      await inbox.close();
    }
    expect(await entryOf(other, id)).toMatchObject({
      unread: 1,
      mentions: 1,
      people: [{ id: ada.userId, name: 'Ada' }],
    });
  });

  test('is hidden from one’s own list by leaving it, until the next message', async () => {
    const { id } = await ada.createDirect([grace, await newcomer(`Leaving ${when}`)]);
    const { seq } = await ada.post(id, 'one');
    const inbox = await grace.connectInbox();
    // In the state, or a second later where another client of hers was here a moment ago: Rooms feed it once a second.
    await eventually(() => {
      const listed = inbox.events.flatMap((event) => {
        if (event.type === 'inbox_update') return event.entry.groupId;
        return event.type === 'inbox_state' ? event.groups.map(({ group }) => group.id) : [];
      });
      expect(listed).toContain(id);
    });
    const room = await grace.connect(id);
    await room.next('thread_state');
    await maybeEvict(id);

    expect((await grace.api('POST', `/api/groups/${id}/leave`)).status).toBe(204);
    expect(await entryOf(grace, id)).toBeUndefined();
    await inbox.next('inbox_remove', ({ groupId }) => groupId === id);
    expect(await entryOf(ada, id)).toMatchObject({ last: { seq } });
    expect((await membersOf(grace, id)).map(({ userId }) => userId)).toContain(grace.userId);
    await maybeEvict(id);

    await ada.post(id, 'two');
    await room.next('message', ({ message }) => message.content === 'two');
    const { entry } = await inbox.next('inbox_update', (event) => event.entry.groupId === id);
    expect(entry).toMatchObject({ group: { id }, unread: 2, last: { preview: 'two' } });

    expect((await grace.api('POST', `/api/groups/${id}/leave`)).status).toBe(204);
    await inbox.next('inbox_remove', ({ groupId }) => groupId === id);
    await maybeEvict(id);
    await grace.post(id, 'three');
    await inbox.next('inbox_update', (event) => event.entry.last?.preview === 'three');
    await room.close();
    await inbox.close();
  });

  test('comes back with a reply, too, and is there for those who were away', async () => {
    const { id } = await ada.createDirect([grace, await newcomer(`Replying ${when}`)]);
    const root = await grace.post(id, 'a root');
    await grace.api('POST', `/api/groups/${id}/leave`);
    await maybeEvict(id);
    expect(await entryOf(grace, id)).toBeUndefined();
    await ada.post(id, 'a reply', { parentId: root.id });
    await maybeEvict(id);
    const inbox = await grace.connectInbox();
    await inbox.until('the group', () =>
      inbox.events.find((event) =>
        event.type === 'inbox_state'
          ? event.groups.some(({ group }) => group.id === id)
          : event.type === 'inbox_update' && event.entry.groupId === id,
      ),
    );
    await inbox.close();
  });

  test('is hidden again when the message that showed it is deleted', async () => {
    const { id } = await ada.createDirect([grace, await newcomer(`Deleting ${when}`)]);
    const inbox = await grace.connectInbox();
    await inbox.next('inbox_state');
    await maybeEvict(id);
    const message = await ada.post(id, 'by mistake');
    await inbox.next('inbox_update', ({ entry }) => entry.groupId === id);
    await ada.api('DELETE', `/api/messages/${message.id}?groupId=${id}`);
    await inbox.next('inbox_remove', ({ groupId }) => groupId === id);
    await inbox.close();
  });

  test('has the names of its people as they are now', async () => {
    const { id } = await ada.createDirect([grace]);
    await ada.post(id, 'hello');
    const inbox = await grace.connectInbox();
    await inbox.next('inbox_state');
    await maybeEvict(id);
    const status = { emoji: '🌴', text: `away, ${when}` };
    await ada.api('PATCH', '/api/users/me', { status });
    const { entry } = await inbox.next(
      'inbox_update',
      (event) => event.entry.groupId === id && event.entry.people !== undefined,
    );
    expect(entry.people).toMatchObject([{ id: ada.userId, status }]);
    await inbox.close();
  });
});

test('the Room of a hidden group is asked once, and not at every connect', async () => {
  const other = await newcomer('Rarely asked');
  const { id } = await ada.createDirect([other]);
  const fed = async () =>
    (await edgewise.roomSql(id, 'SELECT fed FROM members WHERE user_id = ?', other.userId))[0]?.[
      'fed'
    ];
  await eventually(async () => expect(await fed()).toBe(0));
  const first = await other.connectInbox();
  await first.next('inbox_state');
  await first.close();
  expect(await fed()).toBe(1);
  await edgewise.roomSql(id, 'UPDATE members SET fed = 0');
  await edgewise.evictRoom(id);
  await edgewise.evictInbox(other.userId);
  const second = await other.connectInbox();
  await second.next('inbox_state');
  await second.close();
  expect(await fed()).toBe(0);
});

test('what a person has hidden stays hidden when the Room is loaded back from D1', async () => {
  const { id } = await ada.createDirect([grace, linus, hedy]);
  await ada.post(id, 'one');
  await grace.api('POST', `/api/groups/${id}/leave`);
  await mirrorComplete(edgewise, id);
  await emptyRoom(edgewise, id);
  await edgewise.evictInbox(grace.userId);
  expect((await grace.api('GET', `/api/groups/${id}`)).as(Group)).toMatchObject({ kind: 'direct' });
  expect(await entryOf(grace, id)).toBeUndefined();
  expect(await entryOf(ada, id)).toBeDefined();
  expect(
    (
      await create(
        grace,
        [ada, linus, hedy].map(({ userId }) => userId),
      )
    ).as(Group).id,
  ).toBe(id);
  await ada.post(id, 'two');
  await eventually(async () => expect(await entryOf(grace, id)).toBeDefined());
}, 60_000);
