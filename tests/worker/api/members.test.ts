import { beforeAll, describe, expect, test } from 'vitest';
import { Problem } from '../../../protocol/errors.ts';
import type { Group } from '../../../protocol/models.ts';
import { InboxEntryList, MemberList, UserList } from '../../../protocol/rest.ts';
import { deactivatedPerson, enterDirectory } from '../../support/directory-people.ts';
import { eventually } from '../../support/eventually.ts';
import type { Person } from '../../support/person.ts';
import { describeWarmAndEvicted, sharedEdgewise } from '../../support/shared-edgewise.ts';

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
    const removal = adas.events.find(
      (event) => event.type === 'member_update' && event.member.leftAt !== undefined,
    );
    const removalRev = removal?.type === 'member_update' ? removal.rev : 0;
    expect(removalRev).toBeGreaterThan(0);
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
    await ada.post(group.id, 'secret');
    const graces = await grace.connect(group.id);
    await graces.next('thread_state');
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
    await eventually(async () => {
      for (const table of ['messages', 'memberships', 'cursors', 'follows']) {
        const count = await edgewise.db
          .prepare(`SELECT count(*) AS n FROM ${table} WHERE group_id = ?`)
          .bind(group.id)
          .first('n');
        expect([table, count]).toEqual([table, 0]);
      }
    });
    const rows = await edgewise.roomSql(group.id, 'SELECT count(*) AS n FROM messages');
    expect(rows).toEqual([{ n: 0 }]);
  });

  test('is not loaded from D1 by a Room that has lost its storage', async () => {
    const group = await ada.createGroup();
    await ada.api('DELETE', `/api/groups/${group.id}`);
    await edgewise.roomSql(group.id, 'DELETE FROM group_state');
    await edgewise.evictRoom(group.id);
    expect((await ada.api('GET', `/api/groups/${group.id}`)).status).toBe(404);
  });
});
