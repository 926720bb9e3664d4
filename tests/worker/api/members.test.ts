import { beforeAll, describe, expect, test } from 'vitest';
import { Problem } from '../../../protocol/errors.ts';
import type { Group } from '../../../protocol/models.ts';
import { InboxEntryList, MemberList, UserList } from '../../../protocol/rest.ts';
import { deactivatedPerson, enterDirectory } from '../../support/directory-people.ts';
import { eventually } from '../../support/eventually.ts';
import { mirrorComplete } from '../../support/mirror.ts';
import type { Person } from '../../support/person.ts';
import { describeWarmAndEvicted, sharedEdgewise } from '../../support/shared-edgewise.ts';
import { withoutTable } from '../../support/without-table.ts';

const edgewise = sharedEdgewise();
const { ada, grace, linus, hedy } = edgewise.people('Ada', 'Grace', 'Linus', 'Hedy');

beforeAll(() => enterDirectory([ada, grace, linus, hedy]));

const namesIn = async (who: Person, { id }: Group) =>
  (await who.api('GET', `/api/groups/${id}/members`))
    .as(MemberList)
    .items.map(({ user, role }) => `${user.name}: ${role}`)
    .sort();
const groupsOf = async (who: Person) =>
  (await who.api('GET', '/api/groups')).as(InboxEntryList).items.map(({ group }) => group.id);

/** How many rows of a group each table of D1 has. */
async function rowsInD1(groupId: string): Promise<Record<string, unknown>> {
  const counts: Record<string, unknown> = {};
  for (const table of ['messages', 'memberships', 'cursor_packs', 'follows']) {
    counts[table] = await edgewise.db
      .prepare(`SELECT count(*) AS n FROM ${table} WHERE group_id = ?`)
      .bind(groupId)
      .first('n');
  }
  return counts;
}

describe('adding people', () => {
  test('makes them members, who find the group in their list at once', async () => {
    const group = await ada.createGroup({ visibility: 'private' });
    const added = await ada.api('POST', `/api/groups/${group.id}/members`, {
      userIds: [grace.userId, linus.userId, grace.userId],
    });
    expect(added.status).toBe(200);
    expect(await namesIn(grace, group)).toEqual(['Ada: owner', 'Grace: member', 'Linus: member']);
    expect(await groupsOf(grace)).toContain(group.id);
  });

  test.for([
    ['userIds', { userIds: [] }],
    ['userIds', { userIds: ['user_nobody'] }],
    ['userIds', { userIds: Array.from({ length: 101 }, (_, n) => `user_${n}`) }],
    ['userIds.0', { userIds: ['not an id'] }],
    ['role', { userIds: ['user_x'], role: 'owner' }],
  ] as const)('is invalid, naming %s, with %j', async ([field, body]) => {
    const group = await ada.createGroup();
    const refused = await ada.api('POST', `/api/groups/${group.id}/members`, body);
    expect(refused.status).toBe(422);
    expect(Object.keys(refused.as(Problem).fields ?? {})).toEqual([field]);
    expect(await namesIn(ada, group)).toEqual(['Ada: owner']);
  });

  test('is invalid with a deactivated user', async () => {
    const gone = await deactivatedPerson(edgewise);
    const group = await ada.createGroup();
    const refused = await ada.api('POST', `/api/groups/${group.id}/members`, {
      userIds: [gone.userId, grace.userId],
    });
    expect(refused.status).toBe(422);
    expect(await namesIn(ada, group)).toEqual(['Ada: owner']);
  });
});

describeWarmAndEvicted(edgewise, 'a removed member', (maybeEvict) => {
  test('is disconnected during a storm of messages, and receives none that follows the removal', async () => {
    const group = await ada.createGroup({ memberIds: [grace.userId], visibility: 'private' });
    const adas = await ada.connect(group.id);
    await adas.next('thread_state');
    const graces = await grace.connect(group.id);
    await graces.next('thread_state');
    await maybeEvict(group.id);
    const storm = Promise.all(
      Array.from({ length: 20 }, (_, n) => ada.post(group.id, `storm ${n}`)),
    );
    const removed = await ada.api('DELETE', `/api/groups/${group.id}/members/${grace.userId}`);
    expect(removed.status).toBe(204);
    expect(await graces.closed).toMatchObject({ code: 4403 });
    await storm;
    const { rev: removalRev } = await adas.next(
      'member_update',
      ({ member }) => member.leftAt !== undefined,
    );
    const revs = graces.events.flatMap((event) => ('rev' in event ? event.rev : []));
    expect(Math.max(...revs)).toBeLessThanOrEqual(removalRev);
    expect((await grace.api('GET', `/api/messages?groupId=${group.id}`)).status).toBe(403);
    expect(await groupsOf(grace)).not.toContain(group.id);
    await adas.close();
  });
});

describe('roles', () => {
  test('are handed over, and then the first owner can leave', async () => {
    const group = await ada.createGroup({ memberIds: [grace.userId] });
    const path = `/api/groups/${group.id}`;
    expect((await ada.api('POST', `${path}/leave`)).status).toBe(409);
    const set = await ada.api('PUT', `${path}/members/${grace.userId}`, { role: 'owner' });
    expect(set.status).toBe(200);
    expect((await ada.api('POST', `${path}/leave`)).status).toBe(204);
    expect(await namesIn(grace, group)).toEqual(['Grace: owner']);
  });

  test.for([
    ['user_nobody', { role: 'admin' }, 404],
    ['not%20an%20id', { role: 'admin' }, 404],
    ['', { role: 'king' }, 422],
  ] as const)('of %s with %j answer %i', async ([userId, body, status]) => {
    const group = await ada.createGroup({ memberIds: [grace.userId] });
    const path = `/api/groups/${group.id}/members/${userId || grace.userId}`;
    expect((await ada.api('PUT', path, body)).status).toBe(status);
  });
});

describe('a guest', () => {
  test('is only where they were added, and finds only people of their groups', async () => {
    const guest = await edgewise.signIn('Visiting Victor');
    await enterDirectory([guest]);
    const group = await ada.createGroup({ memberIds: [grace.userId], visibility: 'private' });
    const open = await ada.createGroup({ name: 'Open to all' });
    const members = `/api/groups/${group.id}/members`;
    await ada.api('POST', members, { userIds: [guest.userId], role: 'guest' });

    await guest.post(group.id, 'hello');
    const refusals = [
      await guest.api('GET', '/api/groups/public'),
      await guest.api('POST', `/api/groups/${open.id}/join`),
      await guest.api('POST', '/api/groups', { kind: 'group', name: 'x', visibility: 'public' }),
    ];
    expect(refusals.map(({ status }) => status)).toEqual([403, 403, 403]);
    const people = (await guest.api('GET', '/api/users')).as(UserList).items;
    expect(people.map(({ name }) => name).sort()).toEqual(['Ada', 'Grace', 'Visiting Victor']);
    expect((await guest.api('GET', `/api/users/${hedy.userId}`)).status).toBe(404);

    // Leaving every group makes nobody a full user.
    await guest.api('POST', `/api/groups/${group.id}/leave`);
    expect((await guest.api('GET', '/api/groups/public')).status).toBe(403);

    // Nor does the deletion of the only group.
    await ada.api('DELETE', `/api/groups/${group.id}`);
    await eventually(async () => {
      const left = await edgewise.db
        .prepare('SELECT count(*) AS n FROM memberships WHERE group_id = ?')
        .bind(group.id)
        .first('n');
      expect(left).toBe(1);
    });
    expect((await guest.api('GET', '/api/groups/public')).status).toBe(403);

    await ada.api('POST', `/api/groups/${open.id}/members`, { userIds: [guest.userId] });
    expect((await guest.api('GET', '/api/groups/public')).status).toBe(200);
  });
});

describeWarmAndEvicted(edgewise, 'a deleted group', (maybeEvict) => {
  test('disconnects everyone, is gone from every list, and its rows go from D1', async () => {
    const group = await ada.createGroup({ memberIds: [grace.userId] });
    const root = await ada.post(group.id, 'secret');
    await grace.post(group.id, 'a reply', { parentId: root.id });
    const graces = await grace.connect(group.id);
    const { me } = await graces.next('thread_state');
    graces.send({ type: 'thread_read', seq: root.seq, mark: me.mark });
    await graces.sync();
    await mirrorComplete(edgewise, group.id);
    expect(await rowsInD1(group.id)).toEqual({
      messages: 3,
      memberships: 2,
      cursor_packs: 1,
      follows: 2,
    });
    await maybeEvict(group.id);
    expect((await ada.api('DELETE', `/api/groups/${group.id}`)).status).toBe(204);
    expect(await graces.closed).toMatchObject({ code: 4404 });
    expect(await groupsOf(grace)).not.toContain(group.id);
    const publicGroups = await linus.api('GET', '/api/groups/public');
    expect(JSON.stringify(publicGroups.body)).not.toContain(group.id);
    await maybeEvict(group.id);
    for (const who of [ada, grace, linus]) {
      expect((await who.api('GET', `/api/groups/${group.id}`)).status).toBe(404);
      expect((await who.api('DELETE', `/api/groups/${group.id}`)).status).toBe(404);
    }
    await eventually(async () =>
      expect(await rowsInD1(group.id)).toEqual({
        messages: 0,
        memberships: 0,
        cursor_packs: 0,
        follows: 0,
      }),
    );
    const rows = await edgewise.roomSql(group.id, 'SELECT count(*) AS n FROM messages');
    expect(rows).toEqual([{ n: 0 }]);
  });

  test('is not loaded from D1 by a Room that has lost its storage', async () => {
    const group = await ada.createGroup();
    await ada.api('DELETE', `/api/groups/${group.id}`);
    // The Room tells the Inboxes of its members, for which it needs its storage.
    await eventually(async () => {
      const entries = await edgewise.inboxSql(ada.userId, 'SELECT group_id FROM entries');
      expect(entries).not.toContainEqual({ group_id: group.id });
    });
    await edgewise.roomSql(group.id, 'DELETE FROM group_state');
    await edgewise.evictRoom(group.id);
    expect((await ada.api('GET', `/api/groups/${group.id}`)).status).toBe(404);
    const loaded = await edgewise.roomSql(group.id, 'SELECT count(*) AS n FROM group_state');
    expect(loaded).toEqual([{ n: 0 }]);
  });

  test('is marked in D1 also if that could not be reached at first', async () => {
    const group = await ada.createGroup();
    await withoutTable(edgewise, 'groups', async () => {
      expect((await ada.api('DELETE', `/api/groups/${group.id}`)).status).toBe(204);
      await maybeEvict(group.id);
    });
    await eventually(async () => {
      const marked = await edgewise.db
        .prepare('SELECT deleted_at FROM groups WHERE id = ?')
        .bind(group.id)
        .first('deleted_at');
      expect(marked).toBeTypeOf('number');
    });
  });

  test('makes no guest of a person who was a member there and is a guest elsewhere', async () => {
    const person = await edgewise.signIn(`Member ${crypto.randomUUID().slice(0, 8)}`);
    await enterDirectory([person]);
    const here = await ada.createGroup({ memberIds: [person.userId] });
    const elsewhere = await ada.createGroup();
    const path = `/api/groups/${elsewhere.id}/members`;
    await ada.api('POST', path, { userIds: [person.userId], role: 'guest' });
    await ada.api('DELETE', `/api/groups/${here.id}`);
    await eventually(async () => expect(await rowsInD1(here.id)).toMatchObject({ memberships: 1 }));
    expect((await person.api('GET', '/api/groups/public')).status).toBe(200);
  });
});
