import * as z from 'zod/mini';
import { browserFetch } from './browser-fetch.ts';

const Session = z.object({
  id: z.string(),
  user: z.object({
    id: z.string(),
    first_name: z.nullable(z.string()),
    image_url: z.string(),
    email_addresses: z.array(z.object({ email_address: z.string() })),
  }),
  last_active_token: z.object({ jwt: z.string() }),
});
type Session = z.infer<typeof Session>;

const Attempt = z.object({
  id: z.string(),
  status: z.string(),
  created_session_id: z.nullable(z.string()),
});

const Client = z.object({ sessions: z.array(Session) });
const Fault = z.object({
  code: z.string(),
  meta: z.object({ param_name: z.optional(z.string()) }),
});

const Reply = z.object({
  response: z.optional(z.unknown()),
  client: z.nullish(Client),
  errors: z.optional(z.array(Fault)),
  meta: z.optional(z.object({ client: Client })),
});
const Token = z.object({ jwt: z.string() });

/** A response of the stand-in for Clerk. */
export interface StandInReply {
  status: number;
  /** The `response` field, not parsed. */
  response: unknown;
  /** The sign-in or sign-up in the response; throws if it has none. */
  attempt(): z.infer<typeof Attempt>;
  /** The sessions in this browser, newest first. */
  sessions: Session[];
  /** The first error, as `code` or `code: field`. */
  fault: string | undefined;
}

/** A browser that calls the stand-in as Clerk's own code does: with forms and an HttpOnly cookie. */
export interface LocalBrowser {
  /** Sends a GET without a form, a POST with one; `method` is in the query, as in Clerk's code. */
  ask(
    path: string,
    form?: Record<string, string | Blob>,
    method?: 'PATCH' | 'DELETE',
  ): Promise<StandInReply>;
  /** The value of a cookie; undefined without it. */
  cookie(name: string): string | undefined;
  /** Requests a fresh token of a session; returns the status, and the token if there is one. */
  token(sessionId: string): Promise<{ status: number; jwt?: string }>;
}

/** A browser without cookies. */
export function localBrowser(origin: string): LocalBrowser {
  const cookies = new Map<string, string>();

  async function request(path: string, init: RequestInit): Promise<Response> {
    const url = new URL(`/__clerk/v1${path}`, origin);
    const cookie = [...cookies.values()].join('; ');
    const response = await browserFetch(url, { ...init, headers: { origin, cookie } });
    for (const line of response.headers.getSetCookie()) {
      const pair = line.split(';', 1).join();
      cookies.set(pair.split('=', 1).join(), pair);
    }
    return response;
  }

  return {
    async ask(path, form, method) {
      const init = form === undefined ? {} : { method: 'POST', body: bodyOf(form) };
      const query = method === undefined ? '' : `?_method=${method}`;
      const response = await request(`${path}${query}`, init);
      const reply = Reply.parse(await response.json());
      const [fault] = reply.errors ?? [];
      return {
        status: response.status,
        response: reply.response,
        attempt: () => Attempt.parse(reply.response),
        sessions: (reply.client ?? reply.meta?.client)?.sessions ?? [],
        fault: fault && [fault.code, fault.meta.param_name].filter(Boolean).join(': '),
      };
    },
    cookie: (name) => cookies.get(name)?.slice(name.length + 1),
    async token(sessionId) {
      const response = await request(`/client/sessions/${sessionId}/tokens`, { method: 'POST' });
      const token = Token.safeParse(await response.json());
      return { status: response.status, ...token.data };
    },
  };
}

/** Clerk's code sends forms urlencoded, and files as multipart. */
function bodyOf(form: Record<string, string | Blob>): FormData | URLSearchParams {
  const fields = new URLSearchParams();
  const parts = new FormData();
  for (const [name, value] of Object.entries(form)) {
    if (typeof value === 'string') fields.append(name, value);
    else parts.append(name, value, name);
  }
  return [...parts.keys()].length > 0 ? parts : fields;
}
