import { setTimeout as pause } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { within } from '../../worker/within.ts';
import { startEdgewiseProcess } from '../support/edgewise-process.ts';
import { type Person, signIn } from '../support/person.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { UNLIMITED_PEOPLE } from '../support/unlimited.ts';
import { inTurns } from './in-turns.ts';
import { openRawSocket } from './raw-socket.ts';

// `npm run bench -- answers [--quick]`: whether every request and every socket gets its answer from the local server, also
// while others disconnect in the middle. Fails if one does not.

const QUICK = process.argv.includes('--quick');
const REQUESTS = QUICK ? 2_000 : 20_000;
/** Each user has ten sockets in each of two groups. */
const PEOPLE = QUICK ? 10 : 100;
const SOCKETS_A_GROUP = 10;
/** Concurrent requests, as of a browser's tabs and a busy team. */
const AT_A_TIME = 50;
const SIGN_INS = 1 / 3;
const ABORTED = 1 / 10;
/** A socket without a state for this long counts as not answered. */
const STATE_WITHIN_MS = 60_000;
/** A session token is valid for a minute. */
const TOKEN_MS = 40_000;

const counts = { answered: 0, aborted: 0, refused: 0, failed: 0 };
const failures = new Map<string, number>();
const random = seededRandom(7);

const server = await startEdgewiseProcess({
  vars: { ...UNLIMITED_PEOPLE, LIMIT_ROOM_FRAMES_PER_SECOND: '1000000' },
});
try {
  const names = Array.from({ length: PEOPLE }, (_, n) => `Person ${n}`);
  const people = await inTurns(names, (name) => signIn(server.url, name));
  const [first] = people;
  if (!first) throw new Error('no one is there');
  const groups = [await first.createGroup(), await first.createGroup()];
  await inTurns(people, async (person) => {
    for (const { id } of groups) await person.join(id);
  });
  const groupIds = groups.map(({ id }) => id);

  const began = performance.now();
  const tokens = new Map(people.map((person) => [person, keptToken(person)]));
  let begun = 0;
  await Promise.all(
    Array.from({ length: AT_A_TIME }, async () => {
      while (begun < REQUESTS) {
        begun++;
        const person = random.one(people);
        const token = tokens.get(person);
        if (token) await request(person, token, random.one(groupIds));
      }
    }),
  );
  const tookMs = Math.round(performance.now() - began);
  console.info(`${REQUESTS} requests in ${tookMs} ms: ${JSON.stringify(counts)}`);

  const opened = await openAndDrop(people, groupIds);
  console.info(
    `${opened.wanted} sockets opened at once, then dropped: ${opened.answered} answered`,
  );
  for (const [failure, times] of failures) console.info(`${times} × ${failure}`);
  const health = await fetch(`${server.url}/api/health`);
  console.info(`afterwards /api/health answers ${health.status}`);
  const isWhole = counts.failed === 0 && opened.answered === opened.wanted && health.ok;
  process.exitCode = isWhole ? 0 : 1;
} finally {
  await server.dispose();
}

/** Returns a valid token, and requests another only when it has expired. */
function keptToken(person: Person): () => Promise<string> {
  let kept: { token: Promise<string>; until: number } | undefined;
  return () => {
    if (!kept || Date.now() > kept.until) {
      kept = { token: person.token(), until: Date.now() + TOKEN_MS };
    }
    return kept.token;
  };
}

async function request(
  person: Person,
  token: () => Promise<string>,
  groupId: string,
): Promise<void> {
  const abort = new AbortController();
  const isAborted = random.chance(ABORTED);
  if (isAborted) void pause(random.next() * 10).then(() => abort.abort());
  try {
    const response = await send(person, await token(), groupId, abort.signal);
    await response.arrayBuffer();
    if (response.status >= 500) fail(`status ${response.status}`);
    else if (response.status >= 400) counts.refused++;
    else counts.answered++;
  } catch (error) {
    if (abort.signal.aborted) counts.aborted++;
    else fail(`${error} ${error instanceof Error ? error.cause : ''}`);
  }
}

function send(
  { name }: Person,
  token: string,
  groupId: string,
  signal: AbortSignal,
): Promise<Response> {
  const { url } = server;
  if (random.chance(SIGN_INS)) {
    const body = new URLSearchParams({ strategy: 'ticket', ticket: `demo:${name}` });
    const headers = { origin: url };
    return fetch(`${url}/__clerk/v1/client/sign_ins`, { method: 'POST', headers, body, signal });
  }
  const headers = { origin: url, authorization: `Bearer ${token}` };
  if (random.chance(0.5)) {
    const path = random.chance(0.5) ? '/api/groups' : `/api/messages?groupId=${groupId}&limit=20`;
    return fetch(`${url}${path}`, { headers, signal });
  }
  return fetch(`${url}/api/messages`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ groupId, id: uuidv7(), content: 'x'.repeat(1 + random.next() * 4_000) }),
    signal,
  });
}

function fail(why: string): void {
  counts.failed++;
  failures.set(why, (failures.get(why) ?? 0) + 1);
}

/** Opens every socket that each user may have, all at once; each is dropped without a close frame after its state. */
async function openAndDrop(people: readonly Person[], groupIds: readonly string[]) {
  const wanted = people.flatMap((person) =>
    groupIds.flatMap((groupId) =>
      Array.from({ length: SOCKETS_A_GROUP }, () => ({ person, groupId })),
    ),
  );
  const tokens = new Map(
    await inTurns(people, async (person) => [person, await person.token()] as const),
  );
  const answers = await Promise.all(
    wanted.map(async ({ person, groupId }) => {
      try {
        await within(STATE_WITHIN_MS, openAndDropOne(groupId, tokens.get(person) ?? ''));
        return true;
      } catch (error) {
        fail(`socket: ${error}`);
        return false;
      }
    }),
  );
  return { wanted: wanted.length, answered: answers.filter(Boolean).length };
}

/**
 * Opens a socket, and drops it without a close frame when the state has arrived. Frames are not parsed: a client that spends
 * its time on the first hundreds sends the other upgrades so late that the server has closed their silent connections.
 */
async function openAndDropOne(groupId: string, token: string): Promise<void> {
  const { socket } = await openRawSocket(server.url, groupId, token);
  socket.terminate();
}
