import type * as z from 'zod/mini';
import { fail, ok, Problem, type Result } from '../../protocol/errors.ts';
import type { Caller } from './caller.ts';

/** Longer than any answer of ours takes; without a limit a dead network would show a skeleton for ever. */
const ANSWER_WITHIN_MS = 20_000;

/** One request to our own REST interface. */
export interface ApiRequest<T extends z.ZodMiniType> {
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** With its query, `/api/…`. */
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** How long the answer may take, ms; 20 s unless said otherwise. */
  withinMs?: number;
  /** It goes on when the page is left; for small bodies, of which a browser allows 64 KiB at once. */
  keepalive?: boolean;
  /** Aborts it. */
  signal?: AbortSignal | undefined;
  /** What a good answer looks like; 204 is `null`. */
  answer: T;
}

/**
 * Asks the server and parses what it says. Fails with what the server's problem says, `unauthenticated` if the session
 * has ended, `unavailable` if there is no answer or none that we understand. Rejects only if `signal` was aborted.
 */
export async function request<T extends z.ZodMiniType>(
  caller: Pick<Caller, 'getToken'>,
  { answer, ...asked }: ApiRequest<T>,
): Promise<Result<z.infer<T>>> {
  const first = await ask(caller, asked, false);
  // A token can run out on its way; a session that is really over gets no fresh one.
  const response =
    first instanceof Response && first.status === 401 ? await ask(caller, asked, true) : first;
  if (!(response instanceof Response)) return response;
  const body = await readBody(response);
  if (!response.ok) return failureOf(body);
  const parsed = answer.safeParse(body);
  if (parsed.success) return ok(parsed.data);
  return fail('unavailable', 'The server answered in a way this page does not know. Reload it.');
}

async function ask(
  caller: Pick<Caller, 'getToken'>,
  {
    method = 'GET',
    path,
    body,
    headers,
    withinMs = ANSWER_WITHIN_MS,
    keepalive = false,
    signal,
  }: Omit<ApiRequest<z.ZodMiniType>, 'answer'>,
  fresh: boolean,
): Promise<Response | ReturnType<typeof fail>> {
  try {
    const token = await caller.getToken({ fresh });
    if (token === undefined) return fail('unauthenticated', 'You are signed out. Sign in again.');
    const limit = AbortSignal.timeout(withinMs);
    return await fetch(path, {
      method,
      headers: {
        ...headers,
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      keepalive,
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    return fail('unavailable', 'The server cannot be reached. Check your connection.');
  }
}

/** `null` for an empty body, undefined for one that is no JSON (a proxy's error page). */
async function readBody(response: Response): Promise<unknown> {
  try {
    const text = await response.text();
    return text === '' ? null : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function failureOf(body: unknown): ReturnType<typeof fail> {
  const problem = Problem.safeParse(body);
  if (!problem.success)
    return fail('unavailable', 'The server cannot answer right now. Try again.');
  const { code, detail, fields, retryAfterMs } = problem.data;
  return fail(code, detail, {
    ...(fields === undefined ? {} : { fields }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}
