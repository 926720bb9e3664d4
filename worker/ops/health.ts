import type { Health } from '../../protocol/health.ts';
import type { Clock } from '../clock.ts';
import { pingDirectory } from '../directory/ping-directory.ts';
import type { Env } from '../env.ts';
import { roomOf } from '../room/room-of.ts';
import { within } from '../within.ts';

/** A part that has not answered by then counts as down: a monitor needs an answer, not a hanging request. */
const CHECK_WITHIN_MS = 2_000;

/** The name of a Room without a group, which is asked whether Rooms run. */
const HEALTH_ROOM = 'health';
/** The key of a file that is never stored: asking for it shows that the store answers. */
const HEALTH_OBJECT = 'health';

type Check = Health['checks']['http'];

/** Runs `ask` and reports whether it worked and how long it took. Errors go to the log, never to the caller. */
async function check(name: string, clock: Clock, ask: () => Promise<unknown>): Promise<Check> {
  const from = clock();
  try {
    await within(CHECK_WITHIN_MS, ask());
    return { status: 'ok', ms: clock() - from };
  } catch (error) {
    console.error(JSON.stringify({ event: 'health_check_failed', check: name, error: `${error}` }));
    const ms = clock() - from;
    const detail = ms < CHECK_WITHIN_MS ? 'answers with an error' : 'does not answer in time';
    return { status: 'down', ms, detail };
  }
}

/**
 * Checks D1, R2 and Rooms at once. Without R2 people can still talk, so the status is `degraded`; without D1 or Rooms they
 * cannot, so it is `down`.
 */
export async function checkHealth(env: Env, clock: Clock, version: string): Promise<Health> {
  const [d1, r2, rooms] = await Promise.all([
    check('d1', clock, () => pingDirectory(env.DB)),
    check('r2', clock, () => env.FILES.head(HEALTH_OBJECT)),
    check('rooms', clock, () => roomOf(env, HEALTH_ROOM).ping()),
  ]);
  const http: Check = { status: 'ok', ms: 0 };
  const down = d1.status === 'down' || rooms.status === 'down';
  const degraded = r2.status === 'down';
  return {
    status: down ? 'down' : degraded ? 'degraded' : 'ok',
    version,
    time: clock(),
    checks: { http, d1, r2, rooms },
  };
}
