import { v7 as uuid7 } from 'uuid';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ClientFrame } from '../../../protocol/client-frames.ts';
import { MemberRole } from '../../../protocol/models.ts';
import { type Action, DIRECT_ROLE, may, PERMISSIONS } from '../../../protocol/permissions.ts';
import { enterDirectory } from '../../support/directory-people.ts';
import type { Person } from '../../support/person.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';
import { UNLIMITED_PEOPLE } from '../../support/unlimited.ts';

const edgewise = sharedEdgewise({ vars: UNLIMITED_PEOPLE });
const { ada, grace, linus, hedy } = edgewise.people('Ada', 'Grace', 'Linus', 'Hedy');

beforeAll(() => enterDirectory([ada, grace, linus, hedy]));

/** What an attempt works on: a group of Ada, a message of hers in it, and Linus, who has the role that it is about. */
interface Scene {
  groupId: string;
  messageId: string;
  path: string;
}

/** The same action over REST and, where a frame exists, over the socket. */
interface Attempt {
  action: Action;
  /** The role of Linus. */
  other?: MemberRole;
  rest: (who: Person, scene: Scene) => Promise<{ status: number }>;
  frame?: (scene: Scene) => ClientFrame;
}

/** What changes a group or its people: nobody may do any of it in a direct group, whatever their role. */
const CHANGES: readonly [string, (who: Person, path: string) => Promise<{ status: number }>][] = [
  ['a new name', (who, path) => who.api('PATCH', path, { name: 'Renamed' })],
  ['a topic', (who, path) => who.api('PATCH', path, { topic: 'Engines' })],
  ['being public', (who, path) => who.api('PATCH', path, { visibility: 'public' })],
  ['archiving', (who, path) => who.api('PATCH', path, { archived: true })],
  ['no picture', (who, path) => who.api('PATCH', path, { imageId: null })],
  ['a deletion', (who, path) => who.api('DELETE', path)],
  ['another person', (who, path) => who.api('POST', `${path}/members`, { userIds: [hedy.userId] })],
  ['an invitation', (who, path) => who.api('POST', `${path}/invites`, {})],
  ['a list of invitations', (who, path) => who.api('GET', `${path}/invites`)],
  ['a removal', (who, path) => who.api('DELETE', `${path}/members/${linus.userId}`)],
  ['one’s own removal', (who, path) => who.api('DELETE', `${path}/members/${who.userId}`)],
  [
    'a higher role',
    (who, path) => who.api('PUT', `${path}/members/${linus.userId}`, { role: 'owner' }),
  ],
  [
    'a lower role of one’s own',
    (who, path) => who.api('PUT', `${path}/members/${who.userId}`, { role: 'guest' }),
  ],
  ['joining', (who, path) => who.api('POST', `${path}/join`)],
];

const manage = (action: Action, other: MemberRole): Attempt => ({
  action,
  other,
  rest: (who, { path }) => who.api('DELETE', `${path}/members/${linus.userId}`),
});

const ATTEMPTS: readonly Attempt[] = [
  {
    action: 'read',
    rest: (who, { groupId }) => who.api('GET', `/api/messages?groupId=${groupId}`),
    frame: () => ({ type: 'thread_sync' }),
  },
  {
    action: 'send',
    rest: (who, { groupId }) => who.api('POST', '/api/messages', { groupId, content: 'hello' }),
    frame: () => ({ type: 'message', id: uuid7(), content: 'hello' }),
  },
  {
    action: 'react',
    rest: (who, { groupId, messageId }) =>
      who.api('PUT', `/api/messages/${messageId}/reactions/🎉?groupId=${groupId}`),
    frame: ({ messageId }) => ({ type: 'reaction', id: messageId, emoji: '👍', op: 'add' }),
  },
  {
    action: 'pin',
    rest: (who, { groupId, messageId }) =>
      who.api('PUT', `/api/messages/${messageId}/pin?groupId=${groupId}`),
  },
  {
    action: 'delete_others',
    rest: (who, { groupId, messageId }) =>
      who.api('DELETE', `/api/messages/${messageId}?groupId=${groupId}`),
    frame: ({ messageId }) => ({ type: 'delete_message', id: messageId }),
  },
  {
    action: 'change_group',
    rest: (who, { path }) => who.api('PATCH', path, { name: 'Renamed' }),
  },
  {
    action: 'add_members',
    rest: (who, { path }) => who.api('POST', `${path}/members`, { userIds: [hedy.userId] }),
  },
  { action: 'invite', rest: (who, { path }) => who.api('POST', `${path}/invites`, {}) },
  manage('manage_guests', 'guest'),
  manage('manage_members', 'member'),
  manage('manage_admins', 'admin'),
  manage('manage_owners', 'owner'),
  { action: 'delete_group', rest: (who, { path }) => who.api('DELETE', path) },
];

test('every action of the table is attempted', () => {
  expect(ATTEMPTS.map(({ action }) => action).sort()).toEqual(Object.keys(PERMISSIONS).sort());
});

/** A direct group of the three, with a message of Linus: Ada has made all the requests that she may. */
async function directScene(): Promise<Scene> {
  const { id } = await linus.createDirect([ada, grace]);
  const message = await linus.post(id, 'of Linus');
  return { groupId: id, messageId: message.id, path: `/api/groups/${id}` };
}

/** A group in which Grace has this role, or owns it if she is the owner. */
async function sceneFor(role: MemberRole, other: MemberRole): Promise<Scene> {
  const memberIds = [grace.userId, linus.userId];
  const { id } = await ada.createGroup({ memberIds, visibility: 'private' });
  const path = `/api/groups/${id}`;
  const message = await ada.post(id, 'of Ada');
  await setRole(path, linus, other);
  await setRole(path, grace, role);
  return { groupId: id, messageId: message.id, path };
}

async function setRole(path: string, who: Person, role: MemberRole): Promise<void> {
  const set = await ada.api('PUT', `${path}/members/${who.userId}`, { role });
  expect(set.status).toBe(200);
}

describe('in a direct group', () => {
  const cells = ATTEMPTS.map((attempt) => ({
    ...attempt,
    isAllowed: may(DIRECT_ROLE, attempt.action),
  }));

  test.for(cells)('$action: $isAllowed', async ({ rest, isAllowed }) => {
    const answer = await rest(grace, await directScene());
    if (isAllowed) expect(answer.status).toBeLessThan(300);
    else expect(answer.status).toBe(403);
  });

  test.for(CHANGES)('%s is refused to those in it, and unknown to others', async ([, change]) => {
    const { groupId, path } = await directScene();
    await edgewise.evictRoom(groupId);
    const before = (await linus.api('GET', path)).body;
    expect(await change(grace, path)).toMatchObject({
      status: 403,
      body: {
        code: 'forbidden',
        detail: expect.stringMatching(/direct conversation .* Create a group/),
      },
    });
    expect(await change(hedy, path)).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect((await linus.api('GET', path)).body).toEqual(before);
    expect((await grace.api('GET', path)).status).toBe(200);
  });
});

describe.for(ATTEMPTS)('$action', ({ action, other = 'member', rest, frame }) => {
  const cells = MemberRole.options.map((role) => ({ role, isAllowed: may(role, action) }));

  test.for(cells)('over REST, as $role: $isAllowed', async ({ role, isAllowed }) => {
    const answer = await rest(grace, await sceneFor(role, other));
    if (isAllowed) expect(answer.status).toBeLessThan(300);
    else expect(answer.status).toBe(403);
  });

  if (!frame) return;
  test.for(cells)('over the socket, as $role: $isAllowed', async ({ role, isAllowed }) => {
    const scene = await sceneFor(role, other);
    await edgewise.evictRoom(scene.groupId);
    const socket = await grace.connect(scene.groupId);
    await socket.next('thread_state');
    socket.send({ ...frame(scene), ref: 'attempt' });
    await socket.sync();
    const refused = socket.events.filter((event) => event.type === 'error');
    if (isAllowed) expect(refused).toEqual([]);
    else expect(refused).toMatchObject([{ code: 'forbidden', ref: 'attempt' }]);
    await socket.close();
  });
});
