import { v7 as uuid7 } from 'uuid';
import { beforeAll, describe, expect, test } from 'vitest';
import { Problem } from '../../../protocol/errors.ts';
import { Group } from '../../../protocol/models.ts';
import { GroupList, InboxEntryList, MemberList } from '../../../protocol/rest.ts';
import { deactivatedPerson, enterDirectory } from '../../support/directory-people.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';

const edgewise = sharedEdgewise();
const { ada, grace, linus } = edgewise.people('Ada', 'Grace', 'Linus');

beforeAll(() => enterDirectory([ada, grace, linus]));

const NEW_GROUP = { kind: 'group', name: 'General', visibility: 'public' };

/** The number of groups with this name in the directory. */
async function groupsNamed(name: string): Promise<number> {
  const counted = await edgewise.db
    .prepare('select count(*) as n from groups where name = ?')
    .bind(name)
    .first<number>('n');
  return counted ?? 0;
}

describe('creating a group', () => {
  test('returns it, with the creator as its owner and the others as members', async () => {
    const made = await ada.api('POST', '/api/groups', {
      ...NEW_GROUP,
      name: '  Engines  ',
      topic: 'Analytical and others',
      visibility: 'private',
      memberIds: [grace.userId, ada.userId, grace.userId],
    });
    expect(made.status).toBe(201);
    const group = made.as(Group);
    expect(group).toMatchObject({
      kind: 'group',
      name: 'Engines',
      topic: 'Analytical and others',
      visibility: 'private',
      createdBy: ada.userId,
      memberCount: 2,
    });
    const { items } = (await grace.api('GET', `/api/groups/${group.id}/members`)).as(MemberList);
    const roles = Object.fromEntries(items.map(({ user, role }) => [user.name, role]));
    expect(roles).toEqual({ Ada: 'owner', Grace: 'member' });
  });

  test.for([
    ['name', { name: '   ' }],
    ['name', { name: 'x'.repeat(81) }],
    ['topic', { topic: 'x'.repeat(251) }],
    ['visibility', { visibility: 'secret' }],
    ['kind', { kind: 'channel' }],
    ['memberIds.0', { memberIds: ['not an id'] }],
    ['memberIds', { memberIds: ['user_nobody'] }],
  ] as const)('is invalid, naming %s, with %j', async ([field, wrong]) => {
    const refused = await ada.api('POST', '/api/groups', { ...NEW_GROUP, ...wrong });
    expect(refused.status).toBe(422);
    expect(refused.as(Problem)).toMatchObject({ code: 'invalid' });
    expect(Object.keys(refused.as(Problem).fields ?? {})).toEqual([field]);
  });

  test('is invalid with a deactivated user', async () => {
    const gone = await deactivatedPerson(edgewise);
    const refused = await ada.api('POST', '/api/groups', {
      ...NEW_GROUP,
      memberIds: [gone.userId],
    });
    expect(refused.as(Problem).fields).toEqual({
      memberIds: expect.stringContaining(gone.userId),
    });
  });
});

describe('with an Idempotency-Key', () => {
  const make = (name: string, key: string, person = ada) =>
    person.api('POST', '/api/groups', { ...NEW_GROUP, name }, { 'idempotency-key': key });

  test('a repeat returns the same group and creates no second one', async () => {
    const first = await make('Once', 'key-once');
    const again = await make('Once', 'key-once');
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.as(Group).id).toBe(first.as(Group).id);
    expect(await groupsNamed('Once')).toBe(1);
  });

  test('concurrent requests create one group', async () => {
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => make('At once', 'key-at-once')),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    expect(new Set(answers.map((answer) => answer.as(Group).id)).size).toBe(1);
    expect(await groupsNamed('At once')).toBe(1);
  });

  test('another body is a conflict and creates nothing', async () => {
    await make('This', 'key-body');
    const other = await make('That', 'key-body');
    expect(other.status).toBe(409);
    expect(other.as(Problem).code).toBe('conflict');
    expect(await groupsNamed('That')).toBe(0);
  });

  test("another user's identical key is independent", async () => {
    const mine = await make('Shared key', 'key-shared');
    const theirs = await make('Shared key', 'key-shared', grace);
    expect(theirs.as(Group).id).not.toBe(mine.as(Group).id);
  });

  test('a key expires after a day', async () => {
    const first = await make('Daily', 'key-daily');
    await edgewise.db.exec('update idempotency_keys set created_at = created_at - 86400001');
    const next = await make('Daily', 'key-daily');
    expect(next.as(Group).id).not.toBe(first.as(Group).id);
  });

  test('a malformed key is invalid', async () => {
    const refused = await make('Odd', 'k'.repeat(256));
    expect(refused.as(Problem)).toMatchObject({
      code: 'invalid',
      fields: { 'Idempotency-Key': expect.any(String) },
    });
  });
});

describe('one group', () => {
  test('is returned to members, and to everybody if public', async () => {
    const group = await ada.createGroup({ name: 'Open' });
    for (const person of [ada, grace]) {
      const answer = await person.api('GET', `/api/groups/${group.id}`);
      expect(answer.status).toBe(200);
      expect(answer.as(Group).name).toBe('Open');
    }
  });

  test('that is private is not found for non-members on every route', async () => {
    const hidden = await ada.createGroup({ name: 'Hidden', visibility: 'private' });
    const none = uuid7();
    const asks = (id: string): [string, string, unknown?][] => [
      ['GET', `/api/groups/${id}`],
      ['PATCH', `/api/groups/${id}`, { name: 'Mine' }],
      ['POST', `/api/groups/${id}/join`],
      ['POST', `/api/groups/${id}/leave`],
      ['GET', `/api/groups/${id}/members`],
      ['GET', `/api/messages?groupId=${id}`],
      ['GET', `/api/messages/${none}?groupId=${id}`],
      ['POST', '/api/messages', { groupId: id, content: 'hello?' }],
    ];
    const ofNone = asks(none);
    for (const [index, [method, path, body]] of asks(hidden.id).entries()) {
      const answer = await grace.api(method, path, body);
      const [sameMethod = '', samePath = '', sameBody] = ofNone[index] ?? [];
      const other = await grace.api(sameMethod, samePath, sameBody);
      expect([method, path, answer.status]).toEqual([method, path, 404]);
      expect(answer.body).toEqual(other.body);
    }
  });

  test('is not found by a malformed id', async () => {
    for (const id of ['general', uuid7().toUpperCase(), '01900000-0000-4000-8000-000000000001']) {
      const answer = await ada.api('GET', `/api/groups/${id}`);
      expect(answer.as(Problem)).toMatchObject({ code: 'not_found' });
    }
  });

  test('is renamed by its owner only', async () => {
    const group = await ada.createGroup({ name: 'Old' });
    await grace.join(group.id);
    const refused = await grace.api('PATCH', `/api/groups/${group.id}`, { name: 'Mine' });
    expect(refused.status).toBe(403);
    const changed = await ada.api('PATCH', `/api/groups/${group.id}`, {
      name: 'New',
      topic: 'What is new',
    });
    expect(changed.as(Group)).toMatchObject({ name: 'New', topic: 'What is new' });
    const { items } = (await ada.api('GET', '/api/groups')).as(InboxEntryList);
    expect(items.find((entry) => entry.group.id === group.id)?.group.name).toBe('New');
  });

  test('refuses a name that is too long', async () => {
    const group = await ada.createGroup();
    const refused = await ada.api('PATCH', `/api/groups/${group.id}`, { name: 'x'.repeat(81) });
    expect(refused.as(Problem)).toMatchObject({
      code: 'invalid',
      fields: { name: expect.any(String) },
    });
  });
});

describe('joining and leaving', () => {
  test('joining adds the group to my list at once, and can be repeated', async () => {
    const group = await ada.createGroup({ name: 'Come in' });
    const joined = await grace.api('POST', `/api/groups/${group.id}/join`);
    expect(joined.as(Group).memberCount).toBe(2);
    const again = await grace.api('POST', `/api/groups/${group.id}/join`);
    expect(again.as(Group).memberCount).toBe(2);
    const { items } = (await grace.api('GET', '/api/groups')).as(InboxEntryList);
    expect(items.find((entry) => entry.group.id === group.id)?.role).toBe('member');
  });

  test('leaving removes the group from my list, and my access to its messages', async () => {
    const group = await ada.createGroup({ name: 'Go out' });
    await grace.join(group.id);
    const left = await grace.api('POST', `/api/groups/${group.id}/leave`);
    expect(left.status).toBe(204);
    const { items } = (await grace.api('GET', '/api/groups')).as(InboxEntryList);
    expect(items.map((entry) => entry.group.id)).not.toContain(group.id);
    const read = await grace.api('GET', `/api/messages?groupId=${group.id}`);
    expect(read.as(Problem).code).toBe('forbidden');
  });

  test('the last owner cannot leave', async () => {
    const group = await ada.createGroup();
    const refused = await ada.api('POST', `/api/groups/${group.id}/leave`);
    expect(refused.status).toBe(409);
    expect(refused.as(Problem).code).toBe('conflict');
  });

  test('the members of a public group are listed to members only', async () => {
    const group = await ada.createGroup();
    const refused = await grace.api('GET', `/api/groups/${group.id}/members`);
    expect(refused.as(Problem).code).toBe('forbidden');
  });
});

describe('an archived group', () => {
  test('can be read but not written, joined or found, and can be restored', async () => {
    const group = await ada.createGroup({ name: 'Attic' });
    await grace.join(group.id);
    const archive = (archived: boolean) =>
      ada.api('PATCH', `/api/groups/${group.id}`, { archived });
    const say = () =>
      grace.api('POST', '/api/messages', { groupId: group.id, content: 'anybody here?' });
    const found = async () =>
      (await linus.api('GET', '/api/groups/public?query=attic')).as(GroupList).items;

    expect((await archive(true)).as(Group).archivedAt).toBeGreaterThan(0);
    expect((await say()).as(Problem).code).toBe('archived');
    const refused = await linus.api('POST', `/api/groups/${group.id}/join`);
    expect(refused.as(Problem).code).toBe('archived');
    expect(await found()).toEqual([]);
    expect((await grace.api('GET', `/api/messages?groupId=${group.id}`)).status).toBe(200);

    await edgewise.evictRoom(group.id);
    expect((await say()).as(Problem).code).toBe('archived');
    expect((await archive(false)).as(Group)).not.toHaveProperty('archivedAt');
    expect((await say()).status).toBe(201);
    expect((await found()).map(({ id }) => id)).toEqual([group.id]);
  });
});

describe('my groups', () => {
  test('are listed by latest activity, with the latest message that is not a system line', async () => {
    const quiet = await linus.createGroup({ name: 'Quiet' });
    const busy = await linus.createGroup({ name: 'Busy' });
    const sent = await linus.api('POST', '/api/messages', {
      groupId: quiet.id,
      content: `It is not quiet any more.\n${'x'.repeat(500)}`,
    });
    expect(sent.status).toBe(201);
    await expect
      .poll(
        async () => {
          const { items } = (await linus.api('GET', '/api/groups')).as(InboxEntryList);
          return items.map((entry) => entry.group.id);
        },
        // Lists are read from D1, which receives messages up to a second later.
        { timeout: 15_000 },
      )
      .toEqual([quiet.id, busy.id]);
    const { items } = (await linus.api('GET', '/api/groups')).as(InboxEntryList);
    expect(items[0]).toMatchObject({
      role: 'owner',
      last: { userId: linus.userId, preview: expect.stringMatching(/^It is not quiet any more\./) },
    });
    expect(items[0]?.last?.preview.length).toBe(140);
    expect(items[1]).not.toHaveProperty('last');
  });
});

describe('public groups', () => {
  test('exclude private groups and my own, and are found by a part of their name', async () => {
    const open = await ada.createGroup({ name: 'Chess 100%' });
    const secret = await ada.createGroup({ name: 'Chess secrets', visibility: 'private' });
    const joined = await ada.createGroup({ name: 'Chess club' });
    await grace.join(joined.id);
    const found = async (query: string) =>
      (await grace.api('GET', `/api/groups/public?query=${encodeURIComponent(query)}`))
        .as(GroupList)
        .items.map(({ id }) => id);
    expect(await found('CHESS')).toEqual([open.id]);
    expect(await found('100%')).toEqual([open.id]);
    expect(await found('Ch_ss')).toEqual([]);
    expect(await found(secret.name)).toEqual([]);
  });

  test('are paged by name, ignoring case, each group once', async () => {
    const names = ['page A', 'Page b', 'Page B', 'page c', 'Page d'];
    for (const name of names) await ada.createGroup({ name });
    const seen: string[] = [];
    let next: string | undefined;
    do {
      const cursor = next === undefined ? '' : `&cursor=${encodeURIComponent(next)}`;
      const page = (await grace.api('GET', `/api/groups/public?query=page&limit=2${cursor}`)).as(
        GroupList,
      );
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map(({ name }) => name));
      next = page.next;
    } while (next !== undefined);
    const inLowerCase = (list: string[]) => list.map((name) => name.toLowerCase());
    expect(inLowerCase(seen)).toEqual(inLowerCase(names));
    expect(new Set(seen)).toEqual(new Set(names));
  });

  test('refuse a forged cursor', async () => {
    for (const cursor of ['x', 'e30', '%%%']) {
      const refused = await grace.api(
        'GET',
        `/api/groups/public?cursor=${encodeURIComponent(cursor)}`,
      );
      expect(refused.as(Problem)).toMatchObject({
        code: 'invalid',
        fields: { cursor: expect.any(String) },
      });
    }
  });
});
