import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { Problem } from '../../../protocol/errors.ts';
import { fileIdOf } from '../../../protocol/file-id.ts';
import { clerkInstance } from '../../support/clerk-instance.ts';
import { eventually } from '../../support/eventually.ts';
import { type Person, person } from '../../support/person.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';

const ORIGIN = 'https://chat.example.com';
const clerk = clerkInstance();
const edgewise = sharedEdgewise({ config: 'wrangler.toml', vars: clerk.vars(ORIGIN) });

/** The part of the OpenAPI document that says how each route is asked. */
const Operations = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        security: z.optional(z.array(z.unknown())),
        requestBody: z.optional(z.unknown()),
        parameters: z.optional(
          z.array(
            z.object({ name: z.string(), in: z.string(), required: z.optional(z.boolean()) }),
          ),
        ),
      }),
    ),
  ),
});

/** Creates a user by a webhook, with a session of this id. */
async function newPerson(sessionId: string): Promise<Person> {
  const userId = `user_${randomUUID()}`;
  const created = clerk.webhook('user.created', {
    object: 'user',
    id: userId,
    first_name: 'Ada',
    last_name: null,
    username: null,
    image_url: '',
    primary_email_address_id: null,
    email_addresses: [],
    banned: false,
    created_at: 1_000,
    updated_at: 1_000,
  });
  await edgewise.fetch('/api/webhooks/clerk', created);
  return inSession(userId, sessionId);
}

function inSession(userId: string, sessionId: string): Person {
  const token = async () => clerk.token(userId, ORIGIN, { claims: { sid: sessionId } });
  return person({ url: edgewise.url, origin: ORIGIN, name: 'Ada', userId, sessionId, token });
}

async function end(of: Person): Promise<void> {
  const session = { object: 'session', id: of.sessionId, user_id: of.userId };
  await edgewise.fetch('/api/webhooks/clerk', clerk.webhook('session.revoked', session));
}

test.each(['warm', 'evicted'] as const)(
  'the last token of an ended session opens no route: %s',
  async (state) => {
    const ada = await newPerson('sess_ended');
    const desk = inSession(ada.userId, 'sess_other');
    const group = await ada.createGroup({ visibility: 'public' });
    const message = await ada.post(group.id, 'still here');
    const evict = async () => {
      if (state !== 'evicted') return;
      await edgewise.evictRoom(group.id);
      await edgewise.evictInbox(ada.userId);
    };
    await evict();
    await end(ada);
    const path = `/api/messages/${message.id}?groupId=${group.id}`;
    await eventually(async () => expect((await ada.api('GET', path)).status).toBe(401));
    await evict();

    const params: Record<string, string> = {
      id: group.id,
      groupId: group.id,
      userId: ada.userId,
      emoji: encodeURIComponent('🎉'),
      client: 'one',
    };
    const bodies: Record<string, unknown> = {
      'POST /api/groups': { kind: 'group', name: 'New', visibility: 'public' },
      'PATCH /api/groups/{id}': { name: 'Renamed' },
      'PATCH /api/groups/{id}/preferences': { level: 'all' },
      'PUT /api/groups/{id}/favourite': {},
      'POST /api/inbox/read': { groups: [{ groupId: group.id, seq: 1 }] },
      'POST /api/inbox/unread': { groups: [{ groupId: group.id, seq: 1, threads: [] }] },
      'POST /api/groups/{id}/members': { userIds: [ada.userId] },
      'PUT /api/groups/{id}/members/{userId}': { role: 'member' },
      'POST /api/groups/{id}/frames': { client: 'one', frames: [] },
      'POST /api/inbox/frames': { client: 'one', frames: [] },
      'POST /api/messages': { groupId: group.id, content: 'more' },
      'PATCH /api/messages/{id}': { content: 'changed' },
      'PATCH /api/files/{id}': { name: 'renamed.png' },
      'POST /api/upload': 'a file',
      'POST /api/upload/tus': {},
      'PATCH /api/upload/tus/{id}': 'some bytes',
      'PATCH /api/threads/{id}': { following: false },
      'PATCH /api/users/me': { status: null },
      'PATCH /api/users/me/settings': { doNotDisturb: { until: null } },
      'POST /api/groups/{id}/invites': { expiresInDays: 7 },
      'PUT /api/push/subscription': {
        endpoint: 'https://fcm.googleapis.com/fcm/send/one',
        keys: { p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) },
      },
    };
    const document = (await edgewise.fetch('/api/openapi.json')).json();
    const { paths } = Operations.parse(await document);
    const answers: Record<string, string> = {};
    for (const [template, operations] of Object.entries(paths)) {
      for (const [verb, operation] of Object.entries(operations)) {
        if (operation.security?.length === 0) continue;
        const route = `${verb.toUpperCase()} ${template}`;
        const isOfMessage = /^\/api\/(messages|threads)\//.test(template);
        const isOfFile = template.startsWith('/api/files/');
        const isOfUser = template.startsWith('/api/users/');
        const id = isOfMessage
          ? message.id
          : isOfFile
            ? fileIdOf(group.id, message.id)
            : isOfUser
              ? ada.userId
              : group.id;
        const filled = template.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
          name === 'id' ? id : (params[name] ?? name),
        );
        const query = (operation.parameters ?? [])
          .filter((it) => it.in === 'query' && it.required)
          .map(({ name }) => `${name}=${params[name] ?? name}`)
          .join('&');
        const body = operation.requestBody === undefined ? undefined : bodies[route];
        const answer = await ada.api(method(verb), `${filled}?${query}`, body);
        answers[route] = answer.status === 401 ? answer.as(Problem).code : `${answer.status}`;
      }
    }
    expect(Object.keys(answers).length).toBeGreaterThan(20);
    const opened = Object.entries(answers).filter(([, answer]) => answer !== 'unauthenticated');
    expect(opened).toEqual([]);
    expect((await desk.api('GET', path)).status).toBe(200);
  },
);

const METHODS = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'] as const;

function method(verb: string): (typeof METHODS)[number] {
  const found = METHODS.find((it) => it === verb.toUpperCase());
  if (!found) throw new Error(`no person can ${verb}`);
  return found;
}
