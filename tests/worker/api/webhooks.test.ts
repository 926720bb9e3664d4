import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { CLOSE, Problem, REVOKED_REASON } from '../../../protocol/errors.ts';
import { User } from '../../../protocol/models.ts';
import { InboxEntryList, MemberList } from '../../../protocol/rest.ts';
import {
  clerkInstance,
  newWebhookSecret,
  nowInSeconds,
  type WebhookOptions,
} from '../../support/clerk-instance.ts';
import { eventually } from '../../support/eventually.ts';
import { type ApiAnswer, type Person, person } from '../../support/person.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';
import { keysInR2, uploadFile } from '../../support/uploaded-file.ts';
import { withoutTable } from '../../support/without-table.ts';

const ORIGIN = 'https://chat.example.com';
const MINUTES = 60;
const clerk = clerkInstance();

const edgewise = sharedEdgewise({ config: 'wrangler.toml', vars: clerk.vars(ORIGIN) });

/** Delivers an event as Clerk does; returns the status. */
async function deliver(type: string, data: unknown, options?: WebhookOptions): Promise<number> {
  const delivery = clerk.webhook(type, data, options);
  return (await edgewise.fetch('/api/webhooks/clerk', delivery)).status;
}

/** What a position is made of in the events of both kinds of poll. */
const PositionEvents = z.array(
  z.object({ n: z.optional(z.int()), rev: z.optional(z.int()), epoch: z.optional(z.string()) }),
);

/** Polls until nothing is new any more. Returns the position then, as a part of a query. */
async function newestPosition(poll: (more?: string) => Promise<ApiAnswer>): Promise<string> {
  let since = 0;
  let epoch = '';
  for (;;) {
    const answer = await poll(epoch && `&wait=1&since=${since}&epoch=${epoch}`);
    if (answer.status === 204) return `&since=${since}&epoch=${epoch}`;
    for (const event of answer.as(PositionEvents)) {
      since = event.n ?? event.rev ?? since;
      epoch = event.epoch ?? epoch;
    }
  }
}

/** A user in the form of Clerk's webhooks. */
function clerkUser(id: string, name: string, updatedAt = 1_000) {
  return {
    object: 'user',
    id,
    first_name: name,
    last_name: null,
    username: null,
    image_url: `https://img.example.com/${name}`,
    primary_email_address_id: null,
    email_addresses: [],
    banned: false,
    created_at: 1_000,
    updated_at: updatedAt,
  };
}

/** Creates a user by a webhook, with a session. */
async function newPerson(name: string): Promise<Person> {
  const userId = `user_${randomUUID()}`;
  expect(await deliver('user.created', clerkUser(userId, name))).toBe(204);
  return inSession(userId, name, 'sess_one');
}

function inSession(userId: string, name: string, sessionId: string): Person {
  const token = async () => clerk.token(userId, ORIGIN, { claims: { sid: sessionId } });
  return person({ url: edgewise.url, origin: ORIGIN, name, userId, sessionId, token });
}

async function profile(of: Person): Promise<User> {
  return (await of.api('GET', '/api/users/me')).as(User);
}

let ada: Person;
beforeEach(async () => {
  ada = await newPerson('Ada');
});

describe('a webhook', () => {
  test('creates a user with a unique handle', async () => {
    const other = await newPerson('Ada');
    const [first, second] = [await profile(ada), await profile(other)];
    expect(first).toMatchObject({ name: 'Ada', imageUrl: 'https://img.example.com/Ada' });
    expect(second.handle).toMatch(/^ada\d+$/);
    expect(second.handle).not.toBe(first.handle);
  });

  test('changes a profile, and every connected member receives the change', async () => {
    const group = await ada.createGroup();
    const socket = await ada.connect(group.id);
    await socket.next('thread_state');
    const { handle } = await profile(ada);

    await deliver('user.updated', clerkUser(ada.userId, 'Augusta', 2_000));
    const received = await socket.next('member_update');
    expect(received.member.user).toMatchObject({ id: ada.userId, name: 'Augusta', handle });
    expect(await profile(ada)).toMatchObject({ name: 'Augusta', handle });
    await socket.close();
  });

  test('changes a profile in an evicted Room', async () => {
    const group = await ada.createGroup();
    const socket = await ada.connect(group.id);
    await socket.next('thread_state');
    await edgewise.evictRoom(group.id);
    await deliver('user.updated', clerkUser(ada.userId, 'Augusta', 2_000));
    const received = await socket.next('member_update');
    expect(received.member.user).toMatchObject({ id: ada.userId, name: 'Augusta' });
    await socket.close();
  });

  test('and a concurrent one leave the newest profile everywhere', async () => {
    const group = await ada.createGroup();
    const versions = [4_000, 2_000, 5_000, 3_000];
    const statuses = await Promise.all(
      versions.map((at) => deliver('user.updated', clerkUser(ada.userId, `At ${at}`, at))),
    );
    expect(statuses).toEqual(versions.map(() => 204));
    expect((await profile(ada)).name).toBe('At 5000');
    const members = await ada.api('GET', `/api/groups/${group.id}/members`);
    expect(members.as(MemberList).items.map(({ user }) => user.name)).toEqual(['At 5000']);
  });

  test('reaches every group of a user who is in many', async () => {
    const groups = await Promise.all(Array.from({ length: 45 }, () => ada.createGroup()));
    // On a busy machine the response may precede D1's last row.
    await eventually(async () => {
      const mine = (await ada.api('GET', '/api/groups')).as(InboxEntryList);
      expect(mine.items).toHaveLength(groups.length);
    });
    await deliver('user.updated', clerkUser(ada.userId, 'Everywhere', 2_000));
    for (const { id } of groups) {
      await eventually(async () => {
        const members = await ada.api('GET', `/api/groups/${id}/members`);
        expect(members.as(MemberList).items.map(({ user }) => user.name)).toEqual(['Everywhere']);
      });
    }
  });

  test('that is older than the stored profile changes nothing', async () => {
    await deliver('user.updated', clerkUser(ada.userId, 'Augusta', 3_000));
    expect(await deliver('user.updated', clerkUser(ada.userId, 'Early', 2_000))).toBe(204);
    expect((await profile(ada)).name).toBe('Augusta');
  });

  test.for([
    ['warm', () => Promise.resolve()],
    ['after eviction', () => edgewise.evictInbox(ada.userId)],
  ] as const)(
    'that arrives while a client connects, who read the directory before, %s: the client gets the new profile',
    async ([, maybeEvict]) => {
      await deliver('user.updated', clerkUser(ada.userId, 'Augusta', 3_000));
      await maybeEvict();
      // The directory as it was when it was read.
      await edgewise.db
        .prepare('UPDATE users SET name = ?, profile_at = ? WHERE id = ?')
        .bind('Ada', 1_000, ada.userId)
        .run();
      const inbox = await ada.connectInbox();
      expect((await inbox.next('inbox_state')).user.name).toBe('Augusta');
      await inbox.close();
    },
  );

  test('that reaches the Inbox after a newer one is not told to anyone', async () => {
    const group = await ada.createGroup();
    const inbox = await ada.connectInbox();
    await inbox.next('inbox_state');
    const user = await profile(ada);
    await deliver('user.updated', clerkUser(ada.userId, 'Augusta', 3_000));
    await edgewise.inbox(ada.userId).updateProfile({ ...user, name: 'Early', profileAt: 2_000 });
    await deliver('user.updated', clerkUser(ada.userId, 'Last', 4_000));
    await inbox.next('user_update', (event) => event.user.name === 'Last');
    const told = inbox.events.filter((event) => event.type === 'user_update');
    expect(told.map((event) => event.user.name)).toEqual(['Augusta', 'Last']);
    await eventually(async () => {
      const members = await ada.api('GET', `/api/groups/${group.id}/members`);
      expect(members.as(MemberList).items.map(({ user }) => user.name)).toEqual(['Last']);
    });
    await inbox.close();
  });

  test('is handled once, however often it is delivered', async () => {
    const id = `msg_${randomUUID()}`;
    await deliver('user.updated', clerkUser(ada.userId, 'Once', 2_000), { id });
    expect(await deliver('user.updated', clerkUser(ada.userId, 'Twice', 3_000), { id })).toBe(204);
    expect((await profile(ada)).name).toBe('Once');
  });

  test('that failed is handled on the next delivery', async () => {
    const id = `msg_${randomUUID()}`;
    const change = clerkUser(ada.userId, 'Later', 2_000);
    const failed = await withoutTable(edgewise, 'users', () =>
      deliver('user.updated', change, { id }),
    );
    expect(failed).toBe(503);
    expect(await deliver('user.updated', change, { id })).toBe(204);
    expect((await profile(ada)).name).toBe('Later');
  });

  test.for(['email.created', 'organization.created', 'session.created', 'of.tomorrow'])(
    'of an unknown type is acknowledged: %s',
    async (type) => {
      expect(await deliver(type, { id: 'whatever' })).toBe(204);
    },
  );

  test.for<[string, WebhookOptions]>([
    ['signed with another secret', { secret: newWebhookSecret() }],
    ['signed long ago', { timestamp: nowInSeconds() - 6 * MINUTES }],
    ['signed in the future', { timestamp: nowInSeconds() + 6 * MINUTES }],
  ])('that is %s is refused', async ([, options]) => {
    const change = clerkUser(ada.userId, 'Mallory', 9_000);
    expect(await deliver('user.updated', change, options)).toBe(422);
    expect((await profile(ada)).name).toBe('Ada');
  });

  test('that is unsigned or altered is refused', async () => {
    const { headers, body } = clerk.webhook('user.updated', clerkUser(ada.userId, 'Ada', 9_000));
    const changed = String(body).replace('"Ada"', '"Mallory"');
    for (const request of [
      { method: 'POST', body: changed, ...(headers && { headers }) },
      { method: 'POST', body: changed },
      { method: 'POST' },
    ]) {
      const response = await edgewise.fetch('/api/webhooks/clerk', request);
      expect(response.status).toBe(422);
      expect(Problem.parse(await response.json()).code).toBe('invalid');
    }
    expect((await profile(ada)).name).toBe('Ada');
  });
});

describe('a deleted user', () => {
  test('is disconnected at once, and shown as deactivated', async () => {
    const grace = await newPerson('Grace');
    const group = await ada.createGroup();
    await grace.join(group.id);
    const [hers, mine] = [await grace.connect(group.id), await ada.connect(group.id)];
    await Promise.all([hers.next('thread_state'), mine.next('thread_state')]);

    expect(await deliver('user.deleted', { id: grace.userId, deleted: true })).toBe(204);
    expect(await hers.closed).toEqual({ code: CLOSE.unauthenticated, reason: REVOKED_REASON });
    const shown = await mine.next('member_update', ({ member }) => member.userId === grace.userId);
    expect(shown.member.user.deactivatedAt).toBeGreaterThan(0);

    const back = await grace.connect(group.id);
    expect(await back.closed).toEqual({ code: CLOSE.unauthenticated, reason: REVOKED_REASON });
    expect((await grace.api('GET', '/api/users/me')).status).toBe(401);
    await mine.close();
  });

  test('leaves no file behind', async () => {
    const grace = await newPerson('Grace');
    const group = await ada.createGroup();
    await grace.join(group.id);
    const file = await uploadFile(edgewise, grace, group.id);
    await grace.post(group.id, 'look', { attachments: [file.id] });
    const mine = await ada.connect(group.id);
    await deliver('user.deleted', { id: grace.userId, deleted: true });
    const { message } = await mine.next('message_update');
    expect(message.content).toBe('look');
    expect(message).not.toHaveProperty('attachments');
    await eventually(async () => expect(await keysInR2(edgewise, [file])).toEqual([]), 25_000);
    await mine.close();
  });

  test('is not restored by a late profile change', async () => {
    await deliver('user.deleted', { id: ada.userId, deleted: true });
    await deliver('user.updated', clerkUser(ada.userId, 'Ghost', 9_000));
    expect((await ada.api('GET', '/api/users/me')).status).toBe(401);
  });

  test('who was unknown stays deleted when the creation arrives late', async () => {
    const userId = `user_${randomUUID()}`;
    expect(await deliver('user.deleted', { id: userId, deleted: true })).toBe(204);
    expect(await deliver('user.created', clerkUser(userId, 'Ghost'))).toBe(204);
    const ghost = inSession(userId, 'Ghost', 'sess_one');
    expect((await ghost.api('GET', '/api/users/me')).status).toBe(401);
    const found = (await ada.api('GET', `/api/users/${userId}`)).as(User);
    expect(found.name).toBe('Ghost');
    expect(found.deactivatedAt).toBeGreaterThan(0);
  });
});

describe('a session', () => {
  test.each(['of a group', 'of its Inbox'])(
    'that ended closes its polls %s at once',
    async (of) => {
      const phone = inSession(ada.userId, 'Ada', `sess_polling_${of.length}`);
      const group = await ada.createGroup();
      const path = of === 'of a group' ? `/api/groups/${group.id}/changes` : '/api/inbox/changes';
      const poll = (more = '') => phone.api('GET', `${path}?client=a${more}`);
      const position = await newestPosition(poll);
      const waiting = poll(`&wait=25${position}`);
      await ada.api('GET', `/api/groups/${group.id}`);
      const session = { object: 'session', id: phone.sessionId, user_id: ada.userId };
      expect(await deliver('session.revoked', session)).toBe(204);
      for (const refused of [await waiting, await poll()]) {
        expect(refused.as(Problem).code).toBe('unauthenticated');
      }
    },
  );

  test('that ended loses the socket of its Inbox, also in an evicted one', async () => {
    const tablet = inSession(ada.userId, 'Ada', 'sess_tablet');
    const inbox = await tablet.connectInbox();
    await inbox.next('inbox_state');
    await edgewise.evictInbox(ada.userId);
    const session = { object: 'session', id: tablet.sessionId, user_id: ada.userId };
    expect(await deliver('session.revoked', session)).toBe(204);
    expect(await inbox.closed).toEqual({ code: CLOSE.unauthenticated, reason: REVOKED_REASON });
    await edgewise.evictInbox(ada.userId);
    const back = await tablet.connectInbox();
    expect(await back.closed).toEqual({ code: CLOSE.unauthenticated, reason: REVOKED_REASON });
  });

  test('that ended gets no pushes any more, and other sessions still do', async () => {
    const tablet = inSession(ada.userId, 'Ada', 'sess_pushed');
    await edgewise.inboxSql(
      ada.userId,
      `INSERT INTO push_subscriptions (id, endpoint, p256dh, auth, session_id, renewed_at) VALUES
         ('tablet', 'https://push.example/1', '', '', '${tablet.sessionId}', 1),
         ('laptop', 'https://push.example/2', '', '', '${ada.sessionId}', 1)`,
    );
    const session = { object: 'session', id: tablet.sessionId, user_id: ada.userId };
    expect(await deliver('session.revoked', session)).toBe(204);
    const left = await edgewise.inboxSql(ada.userId, 'SELECT id FROM push_subscriptions');
    expect(left).toEqual([{ id: 'laptop' }]);
  });

  test('that ended loses its sockets in an evicted Room, and cannot reconnect', async () => {
    const group = await ada.createGroup();
    const socket = await ada.connect(group.id);
    await socket.next('thread_state');
    await edgewise.evictRoom(group.id);
    const session = { object: 'session', id: ada.sessionId, user_id: ada.userId };
    expect(await deliver('session.revoked', session)).toBe(204);
    expect(await socket.closed).toEqual({ code: CLOSE.unauthenticated, reason: REVOKED_REASON });
    await edgewise.evictRoom(group.id);
    const back = await ada.connect(group.id);
    expect(await back.closed).toEqual({ code: CLOSE.unauthenticated, reason: REVOKED_REASON });
  });

  test.for(['session.ended', 'session.removed', 'session.revoked'])(
    'that ended (%s) loses its sockets, and no other session does',
    async (type) => {
      const phone = inSession(ada.userId, 'Ada', 'sess_phone');
      const group = await ada.createGroup();
      const [desk, pocket] = [await ada.connect(group.id), await phone.connect(group.id)];
      await Promise.all([desk.next('thread_state'), pocket.next('thread_state')]);

      const session = { object: 'session', id: phone.sessionId, user_id: ada.userId };
      expect(await deliver(type, session)).toBe(204);
      expect(await pocket.closed).toEqual({ code: CLOSE.unauthenticated, reason: REVOKED_REASON });
      const back = await phone.connect(group.id);
      expect(await back.closed).toEqual({ code: CLOSE.unauthenticated, reason: REVOKED_REASON });

      const id = '01890000-0000-7000-8000-000000000001';
      desk.send({ type: 'message', id, content: 'still here' });
      await desk.next('message', ({ message }) => message.id === id);
      await desk.close();
    },
  );
});

test('a user banned by Clerk is disconnected', async () => {
  const group = await ada.createGroup();
  const socket = await ada.connect(group.id);
  await socket.next('thread_state');
  await deliver('user.updated', { ...clerkUser(ada.userId, 'Ada', 2_000), banned: true });
  expect(await socket.closed).toEqual({ code: CLOSE.unauthenticated, reason: REVOKED_REASON });
});
