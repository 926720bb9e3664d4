import { WebSocket } from 'ws';
import * as z from 'zod/mini';
import { InboxEvent, type InboxFrame } from '../../protocol/inbox.ts';
import { Group, Message } from '../../protocol/models.ts';
import type { NewNamedGroup } from '../../protocol/rest-requests.ts';
import type { ServerEvent } from '../../protocol/server-events.ts';
import { browserFetch } from './browser-fetch.ts';
import { type EventSocket, openEventSocket } from './event-socket.ts';
import { openSocket, type TestSocket } from './test-socket.ts';

/** After both close frames a client waits this long for the server to hang up; local workerd may take 10 s, browsers wait 2. */
const CLOSE_TIMEOUT_MS = 200;

/** The stand-in's response to a sign-in, as far as a test needs it. */
const SignedIn = z.object({
  client: z.object({
    sessions: z
      .array(z.object({ id: z.string(), user: z.object({ id: z.string() }) }))
      .check(z.minLength(1)),
  }),
});
const Token = z.object({ jwt: z.string() });

/** The response to a REST request; `body` is the parsed JSON, or undefined without one. */
export interface ApiAnswer {
  status: number;
  headers: Headers;
  body: unknown;
  /** Parses the body; throws if it has another shape. */
  as<T extends z.ZodMiniType>(schema: T): z.infer<T>;
}

/** How to open a group's socket. The defaults are those of a correct browser. */
export interface ConnectOptions {
  since?: number;
  epoch?: string;
  /** Replaces a fresh token of this user. */
  token?: string;
  /** Replaces the `Origin`; null for none. */
  origin?: string | null;
  /** Called with the events of each received frame. */
  received?: (events: readonly ServerEvent[]) => void;
}

/** A user's own socket in a test. */
export type InboxSocket = EventSocket<InboxEvent, InboxFrame>;

/** A signed-in user, who uses Edgewise as a browser does: over HTTP and WebSockets. */
export interface Person {
  name: string;
  userId: string;
  sessionId: string;
  /** A fresh session JWT, valid for a minute. */
  token(): Promise<string>;
  api(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<ApiAnswer>;
  /** Creates a group, public unless said otherwise; throws unless that works. */
  createGroup(group?: Partial<NewNamedGroup>): Promise<Group>;
  /** Creates the direct group with these people; throws unless that works. */
  createDirect(others: readonly Pick<Person, 'userId'>[]): Promise<Group>;
  /** Joins a public group; throws unless that works. */
  join(groupId: string): Promise<void>;
  /** Sends a message over REST, a reply with `parentId`; throws unless that works. */
  post(
    groupId: string,
    content: string,
    more?: { parentId?: string; alsoToGroup?: boolean; attachments?: string[] },
  ): Promise<Message>;
  /** Opens the user's own socket. */
  connectInbox(): Promise<InboxSocket>;
  /** Opens the group's socket. The Room may still refuse it: `closed` has the reason. */
  connect(groupId: string, options?: ConnectOptions): Promise<TestSocket>;
}

/** Signs a demo person in at the Edgewise at `url`; the same name is the same user. */
export async function signIn(url: string, name: string): Promise<Person> {
  const origin = new URL(url).origin;
  const signedIn = await browserFetch(`${origin}/__clerk/v1/client/sign_ins`, {
    method: 'POST',
    headers: { origin },
    body: new URLSearchParams({ strategy: 'ticket', ticket: `demo:${name}` }),
  });
  if (!signedIn.ok) throw new Error(`${name} cannot sign in: ${await signedIn.text()}`);
  const cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(';', 1).join())
    .join('; ');
  const [session] = SignedIn.parse(await signedIn.json()).client.sessions;
  if (session === undefined) throw new Error(`${name} has no session`);

  const token = async () => {
    const answer = await browserFetch(`${origin}/__clerk/v1/client/sessions/${session.id}/tokens`, {
      method: 'POST',
      headers: { origin, cookie },
    });
    if (!answer.ok) throw new Error(`no token for ${name}: ${await answer.text()}`);
    return Token.parse(await answer.json()).jwt;
  };

  return person({
    url: origin,
    origin,
    name,
    userId: session.user.id,
    sessionId: session.id,
    token,
  });
}

/** A user with a session. */
export interface Account extends Pick<Person, 'name' | 'userId' | 'sessionId' | 'token'> {
  /** Where Edgewise runs. */
  url: string;
  /** The origin of their page. */
  origin: string;
}

/** A user of the Edgewise at `url`. */
export function person({ url, origin, name, userId, sessionId, token }: Account): Person {
  const api: Person['api'] = async (method, path, body, headers = {}) =>
    readAnswer(
      await browserFetch(new URL(path, url), {
        method,
        headers: {
          authorization: `Bearer ${await token()}`,
          origin,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );

  return {
    name,
    userId,
    sessionId,
    token,
    api,
    async createGroup(group = {}) {
      const made = await api('POST', '/api/groups', {
        kind: 'group',
        name: 'General',
        visibility: 'public',
        ...group,
      });
      if (made.status !== 201) throw new Error(`no group: ${JSON.stringify(made.body)}`);
      return made.as(Group);
    },
    async createDirect(others) {
      const memberIds = others.map((other) => other.userId);
      const made = await api('POST', '/api/groups', { kind: 'direct', memberIds });
      if (made.status !== 201) throw new Error(`no direct group: ${JSON.stringify(made.body)}`);
      return made.as(Group);
    },
    async join(groupId) {
      const joined = await api('POST', `/api/groups/${groupId}/join`);
      if (joined.status >= 300) throw new Error(`not joined: ${JSON.stringify(joined.body)}`);
    },
    async post(groupId, content, more = {}) {
      const sent = await api('POST', '/api/messages', { groupId, content, ...more });
      if (sent.status >= 300) throw new Error(`not sent: ${JSON.stringify(sent.body)}`);
      return sent.as(Message);
    },
    async connectInbox() {
      const address = new URL('/api/inbox/socket', url.replace(/^http/, 'ws'));
      return openEventSocket<InboxEvent, InboxFrame>(
        new WebSocket(address, protocolsWith(await token()), settingsFor(origin)),
        InboxEvent,
      );
    },
    async connect(groupId, options = {}) {
      const address = new URL(`/api/groups/${groupId}/socket`, url.replace(/^http/, 'ws'));
      if (options.since !== undefined) address.searchParams.set('since', String(options.since));
      if (options.epoch !== undefined) address.searchParams.set('epoch', options.epoch);
      const from = options.origin === undefined ? origin : options.origin;
      const protocols = protocolsWith(options.token ?? (await token()));
      return openSocket(new WebSocket(address, protocols, settingsFor(from)), options.received);
    },
  };
}

function protocolsWith(token: string): string[] {
  return ['edgewise.v1', `bearer.${token}`];
}

/** ws's types do not have `closeTimeout` yet; a literal with it would not be accepted. */
function settingsFor(origin: string | null) {
  return { closeTimeout: CLOSE_TIMEOUT_MS, ...(origin !== null && { origin }) };
}

async function readAnswer(response: Response): Promise<ApiAnswer> {
  const text = await response.text();
  const body: unknown = isJson(response) && text !== '' ? JSON.parse(text) : undefined;
  return {
    status: response.status,
    headers: response.headers,
    body,
    as: (schema) => schema.parse(body),
  };
}

function isJson(response: Response): boolean {
  return /^application\/(problem\+)?json/.test(response.headers.get('content-type') ?? '');
}
