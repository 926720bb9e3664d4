import { beforeAll, describe, expect, test } from 'vitest';
import { Problem } from '../../../protocol/errors.ts';
import { InvitePreview } from '../../../protocol/invite-preview.ts';
import { Invite, InviteList } from '../../../protocol/invites.ts';
import { INVITE_REQUESTS_PER_MINUTE, INVITES_PER_GROUP } from '../../../protocol/limits.ts';
import { Group, MemberRole } from '../../../protocol/models.ts';
import { may } from '../../../protocol/permissions.ts';
import { InboxEntryList, MemberList } from '../../../protocol/rest.ts';
import type { NewInvite } from '../../../protocol/rest-requests.ts';
import { deactivatedPerson, enterDirectory } from '../../support/directory-people.ts';
import { eventually } from '../../support/eventually.ts';
import type { Person } from '../../support/person.ts';
import {
  describeWarmAndEvicted,
  edgewiseOfTest,
  sharedEdgewise,
} from '../../support/shared-edgewise.ts';
import { UNLIMITED_PEOPLE } from '../../support/unlimited.ts';

const edgewise = sharedEdgewise({ vars: UNLIMITED_PEOPLE });
const { ada, grace, linus, hedy } = edgewise.people('Ada', 'Grace', 'Linus', 'Hedy');
const DAY_MS = 24 * 60 * 60_000;
const WRONG = 'AAAAAAAAAAAAAAAAAAAAAA';

beforeAll(() => enterDirectory([ada, grace, linus, hedy]));

/** Each test has an address of its own, so that they share no limit. */
let address = 0;
const from = () => ({ 'cf-connecting-ip': `192.0.2.${address}` });
const look = (code: string, headers: Record<string, string> = from()) =>
  edgewise.fetch(`/api/invites/${code}`, { headers });
const accept = (who: Person, code: string) =>
  who.api('POST', `/api/invites/${code}`, undefined, from());
const revoke = (who: Person, code: string) =>
  who.api('DELETE', `/api/invites/${code}`, undefined, from());

async function inviteTo(
  { id }: Group,
  body: Partial<NewInvite> = {},
  who: Person = ada,
): Promise<Invite> {
  const made = await who.api('POST', `/api/groups/${id}/invites`, body);
  expect(made.status).toBe(201);
  return made.as(Invite);
}

/** A private group of Ada, and an invitation to it. */
async function scene(body?: Partial<NewInvite>): Promise<{ group: Group; invite: Invite }> {
  address += 1;
  const group = await ada.createGroup({ name: 'Engines', visibility: 'private' });
  return { group, invite: await inviteTo(group, body) };
}

/** Moves the time of an invitation instead of the clock. */
const expire = (code: string) =>
  edgewise.db.prepare('UPDATE invites SET expires_at = 1 WHERE code = ?').bind(code).run();
const listed = async (group: Group, who: Person = ada) =>
  (await who.api('GET', `/api/groups/${group.id}/invites`)).as(InviteList);
const membersOf = async ({ id }: Group) =>
  (await ada.api('GET', `/api/groups/${id}/members`))
    .as(MemberList)
    .items.map(({ user, role }) => `${user.name}: ${role}`);

describe('an invitation', () => {
  test('works for 7 days and without a limit of uses, unless said otherwise', async () => {
    const { group, invite } = await scene();
    expect(invite).toMatchObject({ groupId: group.id, createdBy: ada.userId, uses: 0 });
    expect(invite.expiresAt - invite.createdAt).toBe(7 * DAY_MS);
    expect(invite.maxUses).toBeUndefined();
    const other = await inviteTo(group, { expiresInDays: 30, maxUses: 3 });
    expect(other.expiresAt - other.createdAt).toBe(30 * DAY_MS);
    expect(other.maxUses).toBe(3);
    expect(other.code).not.toBe(invite.code);
  });

  test('shows the name and the size of a private group, and who invites, without signing in', async () => {
    const { invite } = await scene();
    const shown = await look(invite.code);
    expect(shown.status).toBe(200);
    expect(InvitePreview.parse(await shown.json())).toEqual({
      group: { id: invite.groupId, name: 'Engines', memberCount: 1 },
      invitedBy: { id: ada.userId, name: 'Ada', imageUrl: expect.any(String) },
    });
  });

  test('is listed with its uses and its maker, and not any more once it does not work', async () => {
    const { group, invite } = await scene({ maxUses: 2 });
    const [expired, revoked] = [await inviteTo(group), await inviteTo(group)];
    await expire(expired.code);
    expect((await revoke(ada, revoked.code)).status).toBe(204);
    await accept(grace, invite.code);
    const { items, users } = await listed(group);
    expect(items).toEqual([{ ...invite, uses: 1 }]);
    expect(users).toMatchObject([{ id: ada.userId, name: 'Ada' }]);
    await accept(linus, invite.code);
    expect((await listed(group)).items).toEqual([]);
  });

  test.for([
    ['expiresInDays', { expiresInDays: 31 }],
    ['expiresInDays', { expiresInDays: 0 }],
    ['expiresInDays', { expiresInDays: 1.5 }],
    ['maxUses', { maxUses: 0 }],
    ['maxUses', { maxUses: 10_001 }],
    ['maxUses', { maxUses: 'many' }],
  ] as const)('is invalid, naming %s, with %j', async ([field, body]) => {
    const group = await ada.createGroup();
    const refused = await ada.api('POST', `/api/groups/${group.id}/invites`, body);
    expect(refused.status).toBe(422);
    expect(Object.keys(refused.as(Problem).fields ?? {})).toEqual([field]);
    expect((await listed(group)).items).toEqual([]);
  });

  test('is made once for each Idempotency-Key, also after it was revoked', async () => {
    const { group } = await scene();
    const path = `/api/groups/${group.id}/invites`;
    const make = (body: object, to = path) =>
      ada.api('POST', to, body, { 'idempotency-key': `key ${group.id}`.replace(' ', '-') });
    const [first, second] = [(await make({})).as(Invite), (await make({})).as(Invite)];
    expect(second).toEqual(first);
    expect((await make({ maxUses: 2 })).status).toBe(409);
    const other = await ada.createGroup();
    expect((await make({}, `/api/groups/${other.id}/invites`)).status).toBe(409);
    await revoke(ada, first.code);
    expect((await make({})).as(Invite)).toEqual(first);
    expect((await look(first.code)).status).toBe(404);
  });

  test('cannot be made in an archived group, in which nobody joins by the existing ones', async () => {
    const { group, invite } = await scene({ maxUses: 1 });
    await ada.api('PATCH', `/api/groups/${group.id}`, { archived: true });
    const made = await ada.api('POST', `/api/groups/${group.id}/invites`, {});
    expect(made.as(Problem).code).toBe('archived');
    expect(Problem.parse(await (await look(invite.code)).json()).code).toBe('archived');
    expect((await accept(grace, invite.code)).as(Problem).code).toBe('archived');
    await ada.api('PATCH', `/api/groups/${group.id}`, { archived: false });
    // The refused attempt has used nothing up.
    expect((await accept(grace, invite.code)).status).toBe(200);
  });

  test('goes with its group', async () => {
    const { group, invite } = await scene();
    await accept(grace, invite.code);
    await ada.api('DELETE', `/api/groups/${group.id}`);
    expect((await look(invite.code)).status).toBe(404);
    expect((await accept(linus, invite.code)).status).toBe(404);
    await eventually(async () => {
      const rows = await edgewise.db
        .prepare(
          'SELECT (SELECT count(*) FROM invites WHERE code = ?1) + (SELECT count(*) FROM invite_uses WHERE code = ?1) AS n',
        )
        .bind(invite.code)
        .first('n');
      expect(rows).toBe(0);
    });
  });
});

describe('codes that let nobody join', () => {
  const bad: readonly [string, () => Promise<string>][] = [
    ['a wrong one', async () => WRONG],
    ['a malformed one', async () => 'no-code'],
    ['one that is too long', async () => 'A'.repeat(5_000)],
    [
      'an expired one',
      async () => {
        const { invite } = await scene();
        await expire(invite.code);
        return invite.code;
      },
    ],
    [
      'a revoked one',
      async () => {
        const { invite } = await scene();
        await revoke(ada, invite.code);
        return invite.code;
      },
    ],
    [
      'a used-up one',
      async () => {
        const { invite } = await scene({ maxUses: 1 });
        await accept(grace, invite.code);
        return invite.code;
      },
    ],
    [
      'one whose maker was removed',
      async () => {
        const { group } = await scene();
        await addAdmin(group, grace);
        const invite = await inviteTo(group, {}, grace);
        await ada.api('DELETE', `/api/groups/${group.id}/members/${grace.userId}`);
        return invite.code;
      },
    ],
    [
      'one whose maker may not invite any more',
      async () => {
        const { group } = await scene();
        await addAdmin(group, grace);
        const invite = await inviteTo(group, {}, grace);
        await setRole(group, grace, 'member');
        return invite.code;
      },
    ],
    [
      'one of a deleted group',
      async () => {
        const { group, invite } = await scene();
        await ada.api('DELETE', `/api/groups/${group.id}`);
        return invite.code;
      },
    ],
  ];

  test.for(bad)('answer alike, byte for byte: %s', async ([, make]) => {
    const code = await make();
    address += 1;
    const expected = await look(WRONG);
    const text = await expected.text();
    const shown = await look(code);
    expect(shown.status).toBe(404);
    expect(await shown.text()).toBe(text);
    expect(namesOf(shown)).toEqual(namesOf(expected));
    for (const method of ['POST', 'DELETE'] as const) {
      const answered = await edgewise.fetch(`/api/invites/${code}`, {
        method,
        headers: { authorization: `Bearer ${await hedy.token()}`, ...from() },
      });
      expect([method, answered.status, await answered.text()]).toEqual([method, 404, text]);
    }
  });

  const namesOf = ({ headers }: Response) =>
    [...headers].filter(([name]) => name !== 'date').map(([name, value]) => `${name}: ${value}`);
});

async function setRole({ id }: Group, who: Person, role: MemberRole): Promise<void> {
  const set = await ada.api('PUT', `/api/groups/${id}/members/${who.userId}`, { role });
  expect(set.status).toBe(200);
}

async function addAdmin(group: Group, who: Person): Promise<void> {
  await ada.api('POST', `/api/groups/${group.id}/members`, { userIds: [who.userId] });
  await setRole(group, who, 'admin');
}

describeWarmAndEvicted(edgewise, 'joining by an invitation', (maybeEvict) => {
  test('shows to all members at once, and in the list of the person who joins', async () => {
    const { group, invite } = await scene();
    const socket = await ada.connect(group.id);
    await socket.next('thread_state');
    await maybeEvict(group.id);
    const joined = await accept(grace, invite.code);
    expect(joined.status).toBe(200);
    expect(joined.as(Group)).toMatchObject({ id: group.id, memberCount: 2 });
    const { member } = await socket.next('member_update');
    expect(member).toMatchObject({ userId: grace.userId, role: 'member' });
    const { message } = await socket.next('message');
    expect(message).toMatchObject({ userId: grace.userId, system: { kind: 'joined' } });
    await socket.close();
    const mine = (await grace.api('GET', '/api/groups')).as(InboxEntryList).items;
    expect(mine.map((entry) => entry.group.id)).toContain(group.id);
  });

  test('uses nothing up for a member, who gets in by a used-up one, too', async () => {
    const { group, invite } = await scene({ maxUses: 1 });
    await maybeEvict(group.id);
    expect((await accept(ada, invite.code)).status).toBe(200);
    expect((await listed(group)).items).toMatchObject([{ uses: 0 }]);
    expect((await accept(grace, invite.code)).status).toBe(200);
    await maybeEvict(group.id);
    // The first answer may have been lost.
    expect((await accept(grace, invite.code)).as(Group).id).toBe(group.id);
    expect(await membersOf(group)).toEqual(['Ada: owner', 'Grace: member']);
  });

  test('never lets in more people than it may, however many come at once', async () => {
    const { group, invite } = await scene({ maxUses: 2 });
    await maybeEvict(group.id);
    const people = [grace, linus, hedy, grace, linus, hedy];
    const answers = await Promise.all(people.map((who) => accept(who, invite.code)));
    for (const { status } of answers) expect([200, 404]).toContain(status);
    expect(await membersOf(group)).toHaveLength(3);
    expect((await look(invite.code)).status).toBe(404);
  });

  test('does not bring back a person who was removed, whose use stays used; a newer one does', async () => {
    const { group, invite } = await scene({ maxUses: 2 });
    await accept(grace, invite.code);
    await ada.api('DELETE', `/api/groups/${group.id}/members/${grace.userId}`);
    await maybeEvict(group.id);
    const refused = await accept(grace, invite.code);
    expect(refused.status).toBe(403);
    expect(await membersOf(group)).toEqual(['Ada: owner']);
    expect((await listed(group)).items).toMatchObject([{ uses: 1 }]);
    const newer = await inviteTo(group);
    expect((await accept(grace, newer.code)).status).toBe(200);
  });

  test('makes a guest of this group, or of the deployment, a guest', async () => {
    const { group, invite } = await scene();
    const visitor = await edgewise.signIn(`Guest ${group.id.slice(-8)}`);
    await enterDirectory([visitor]);
    const other = await ada.createGroup();
    await ada.api('POST', `/api/groups/${other.id}/members`, {
      userIds: [visitor.userId],
      role: 'guest',
    });
    await maybeEvict(group.id);
    expect((await accept(visitor, invite.code)).status).toBe(200);
    expect(await membersOf(group)).toEqual(['Ada: owner', `${visitor.name}: guest`]);
  });

  test('is refused by the Room itself if the right of its maker has just ended', async () => {
    const { group } = await scene();
    await addAdmin(group, grace);
    const invite = await inviteTo(group, { maxUses: 1 }, grace);
    await setRole(group, grace, 'member');
    // As if D1 had not heard of it yet.
    await edgewise.db
      .prepare("UPDATE memberships SET role = 'admin' WHERE group_id = ? AND user_id = ?")
      .bind(group.id, grace.userId)
      .run();
    await maybeEvict(group.id);
    expect((await accept(linus, invite.code)).status).toBe(404);
    const uses = edgewise.db
      .prepare('SELECT count(*) AS n FROM invite_uses WHERE code = ?')
      .bind(invite.code);
    expect(await uses.first('n')).toBe(0);
  });
});

describe('who may invite:', () => {
  const cells = MemberRole.options.map((role) => ({ role, isAllowed: may(role, 'invite') }));

  test.for(cells)('$role: $isAllowed', async ({ role, isAllowed }) => {
    const { group, invite } = await scene();
    const path = `/api/groups/${group.id}`;
    await ada.api('POST', `${path}/members`, { userIds: [grace.userId] });
    await setRole(group, grace, role);
    const answers = [
      await grace.api('POST', `${path}/invites`, {}),
      await grace.api('GET', `${path}/invites`),
      await revoke(grace, invite.code),
    ];
    expect(answers.map(({ status }) => status)).toEqual(
      isAllowed ? [201, 200, 204] : [403, 403, 403],
    );
    expect((await look(invite.code)).status).toBe(isAllowed ? 404 : 200);
  });

  test('people who are not in a private group learn nothing of its invitations', async () => {
    const { group, invite } = await scene();
    expect((await hedy.api('POST', `/api/groups/${group.id}/invites`, {})).status).toBe(404);
    expect((await hedy.api('GET', `/api/groups/${group.id}/invites`)).status).toBe(404);
    expect((await revoke(hedy, invite.code)).status).toBe(404);
    expect((await look(invite.code)).status).toBe(200);
  });

  test('visitors and deactivated users cannot join', async () => {
    const { group, invite } = await scene();
    const init = { method: 'POST', headers: from() };
    expect((await edgewise.fetch(`/api/invites/${invite.code}`, init)).status).toBe(401);
    const gone = await deactivatedPerson(edgewise);
    expect((await accept(gone, invite.code)).status).toBe(403);
    expect(await membersOf(group)).toEqual(['Ada: owner']);
  });
});

describe('limits:', () => {
  test(`a group has at most ${INVITES_PER_GROUP} invitations that work`, async () => {
    const { group, invite } = await scene();
    const makeOne = () => ada.api('POST', `/api/groups/${group.id}/invites`, {});
    for (let made = 1; made < INVITES_PER_GROUP; made += 1)
      expect((await makeOne()).status).toBe(201);
    expect((await makeOne()).as(Problem).code).toBe('conflict');
    await revoke(ada, invite.code);
    expect((await makeOne()).status).toBe(201);
  });

  test('an address asks for few codes, and its network counts as one with IPv6', async () => {
    const { invite } = await scene();
    const ask = (ip: string) => look(invite.code, { 'cf-connecting-ip': ip });
    const answers = await Promise.all(
      Array.from({ length: INVITE_REQUESTS_PER_MINUTE }, (_, n) => ask(`2001:db8::1:${n}`)),
    );
    for (const { status } of answers) expect(status).toBe(200);
    const refused = await ask('2001:db8::2');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('Retry-After')).toBe('60');
    expect((await ask('2001:db8:0:1::1')).status).toBe(200);
  });

  test('a user makes few in an hour, and a repeat is not counted', async () => {
    const few = await edgewiseOfTest({ vars: { LIMIT_INVITES_PER_HOUR: '2' } });
    const marie = await few.signIn('Marie');
    const group = await marie.createGroup();
    const path = `/api/groups/${group.id}/invites`;
    const make = (key: string) => marie.api('POST', path, {}, { 'idempotency-key': key });
    for (const key of ['a', 'a', 'b', 'b']) expect((await make(key)).status).toBe(201);
    await few.evictInbox(marie.userId);
    const refused = await make('c');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(3_500);
    expect((await marie.api('GET', path)).as(InviteList).items).toHaveLength(2);
  });
});
