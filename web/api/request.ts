import type * as z from 'zod/mini';
import { type ErrorCode, fail, ok, Problem, type Result } from '../../protocol/errors.ts';
import { type Attempt, persistently } from './persistently.ts';

/** Longer than any answer of ours takes; without a limit a dead network would show a skeleton for ever. */
const ANSWER_WITHIN_MS = 20_000;
/** A body up to this many characters may outlive its page: for all such requests a browser allows 64 KiB together. */
const KEEPALIVE_CHARACTERS = 4_096;
/** Failures that may be over a little later. Everything else gives the same answer again. */
const PASSING: readonly ErrorCode[] = ['unavailable', 'internal', 'rate_limited'];

/** Who makes a request: the signed-in session, as far as requests need it. */
export interface Caller {
  /** A session JWT; undefined if the session has ended. `fresh` gets a new one. */
  getToken(options?: { fresh?: boolean }): Promise<string | undefined>;
}

/** One request to our own REST interface. */
export interface ApiRequest<T extends z.ZodMiniType> {
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** With its query, `/api/…`. */
  path: string;
  body?: unknown;
  /** The server makes one thing for this key, however often the request comes. */
  idempotencyKey?: string;
  /**
   * Whether the request is sent again when the connection breaks. By default all are but a POST without a key, which
   * could make a second thing.
   */
  isRepeatable?: boolean;
  /** How long each answer may take, ms; 20 s unless said otherwise. */
  withinMs?: number;
  /** Aborts it. */
  signal?: AbortSignal | undefined;
  /** What a good answer looks like; 204 is `null`. */
  answer: T;
}

type Asked = Omit<ApiRequest<z.ZodMiniType>, 'answer'>;

/**
 * Asks the server and parses what it says, again if the connection breaks and a repeat is harmless. Fails with what the
 * server's problem says, `unauthenticated` if the session has ended, `unavailable` if there is no answer or none that we
 * understand. Rejects only if `signal` was aborted.
 */
export async function request<T extends z.ZodMiniType>(
  caller: Caller,
  { answer, ...asked }: ApiRequest<T>,
): Promise<Result<z.infer<T>>> {
  const { method, idempotencyKey, signal } = asked;
  const { isRepeatable = method !== 'POST' || idempotencyKey !== undefined } = asked;
  const attempt = () => attemptOnce(caller, asked, answer);
  return isRepeatable ? await persistently(attempt, signal) : (await attempt()).outcome;
}

async function attemptOnce<T extends z.ZodMiniType>(
  caller: Caller,
  asked: Asked,
  answer: T,
): Promise<Attempt<z.infer<T>>> {
  try {
    const first = await ask(caller, asked, { fresh: false });
    // A token can run out on its way; a session that is really over gets no fresh one.
    const response = first?.status === 401 ? await ask(caller, asked, { fresh: true }) : first;
    if (!response) {
      const over = fail('unauthenticated', 'You are signed out. Sign in again.');
      return { outcome: over, mayPass: false };
    }
    const body = parseJson(await response.text());
    if (!response.ok) {
      const outcome = failureOf(body);
      return { outcome, mayPass: PASSING.includes(outcome.failure.code) };
    }
    const parsed = answer.safeParse(body);
    if (parsed.success) return { outcome: ok(parsed.data), mayPass: false };
    const strange = 'The server answered in a way this page does not know. Reload it.';
    return { outcome: fail('unavailable', strange), mayPass: false };
  } catch (error) {
    if (asked.signal?.aborted) throw error;
    const lost = 'The server cannot be reached. Check your connection.';
    return { outcome: fail('unavailable', lost), mayPass: true };
  }
}

/** Gives the answer, undefined without a session. Rejects if the connection breaks. */
async function ask(
  caller: Caller,
  { method = 'GET', path, body, idempotencyKey, withinMs = ANSWER_WITHIN_MS, signal }: Asked,
  { fresh }: { fresh: boolean },
): Promise<Response | undefined> {
  const token = await caller.getToken({ fresh });
  if (token === undefined) return undefined;
  const limit = AbortSignal.timeout(withinMs);
  const json = body === undefined ? undefined : JSON.stringify(body);
  return await fetch(path, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
      ...(json !== undefined && { 'content-type': 'application/json' }),
    },
    ...(json !== undefined && { body: json }),
    // A change that a person made just before they left the page still arrives.
    keepalive: method !== 'GET' && (json?.length ?? 0) <= KEEPALIVE_CHARACTERS,
    signal: signal ? AbortSignal.any([signal, limit]) : limit,
  });
}

/** `null` for an empty body, undefined for one that is no JSON (a proxy's error page). */
function parseJson(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
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
