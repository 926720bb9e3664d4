import { setTimeout as pause } from 'node:timers/promises';
import { startEdgewiseProcess } from '../support/edgewise-process.ts';
import type { Person } from '../support/person.ts';
import { NEVER_HOT, UNLIMITED_GROUPS, UNLIMITED_PEOPLE } from '../support/unlimited.ts';
import { gatherMany } from './gather-people.ts';
import { type MadeGroup, makeGroup } from './made-group.ts';
import type { RawSocket } from './raw-socket.ts';
import { openAll, positionOf, restart } from './restart.ts';

// `npm run bench -- large [--quick]`: what a large group costs the clients that have it open: its state, a thread, a page of its
// members, a message to everyone, and how much everyone hears about each other when all come back after a restart.

const QUICK = process.argv.includes('--quick');
const MEMBERS = QUICK ? 1_000 : 10_000;
const ONLINE = QUICK ? [100, 500] : [1_000, 5_000];
/** More messages than a state has. */
const PAGE = 60;
/** How long it is counted what clients hear after all are back, ms. */
const LISTEN_MS = 10_000;

const server = await startEdgewiseProcess({
  vars: { ...UNLIMITED_PEOPLE, ...UNLIMITED_GROUPS, ...NEVER_HOT },
});
try {
  const people = await gatherMany(server.url, MEMBERS);
  const group = await makeGroup(people);
  const root = await group.owner.post(group.id, 'a thread begins here');
  await group.owner.post(group.id, 'its only reply', { parentId: root.id });
  // The newest page are messages, and not lines that name a hundred people who were added.
  for (let n = 1; n <= PAGE; n += 1) await group.owner.post(group.id, `message ${n}`);
  for (const online of ONLINE) await measure(group, people.slice(0, online), root.id);
} finally {
  await server.dispose();
}

/** One group, with these people online. */
async function measure(group: MadeGroup, people: readonly Person[], root: string): Promise<void> {
  console.info(`\n${people.length} of ${MEMBERS} members are online`);
  const sockets = await openAll(server.url, group, people);
  const last = sockets.at(-1);
  if (!last) throw new Error('nobody is online');
  tell('a state', kilobytes(last.state.length));
  const thread = await openThread(last, root);
  tell('opening a thread', `${kilobytes(thread.bytes)}, ${thread.tookMs.toFixed(0)} ms`);
  const startedAt = performance.now();
  const page = await group.owner.api('GET', `/api/groups/${group.id}/members?limit=100`);
  const tookMs = performance.now() - startedAt;
  if (page.status !== 200) throw new Error(`the members were answered with ${page.status}`);
  const bytes = JSON.stringify(page.body).length;
  tell('100 of the members', `${kilobytes(bytes)}, ${tookMs.toFixed(0)} ms`);
  tell('a message to all', `${(await toEveryone(group, sockets)).toFixed(0)} ms to the last`);

  const heard = people.map(() => ({ frames: 0, bytes: 0 }));
  const back = await restart(server, group, people, sockets, (at, frame) => {
    const one = heard[at];
    if (!one) return;
    one.frames += 1;
    one.bytes += frame.length;
  });
  tell(
    'a restart',
    `all are whole after ${(back.wholeMs / 1_000).toFixed(1)} s, ${back.resets} of them from scratch`,
  );
  await pause(LISTEN_MS);
  const frames = Math.max(...heard.map((one) => one.frames));
  const most = Math.max(...heard.map((one) => one.bytes));
  tell('what each hears of it', `at most ${frames} frames, ${most} bytes`);
  for (const { socket } of back.sockets) socket.terminate();
}

/** Opens a thread on a socket that holds the group. */
async function openThread(
  held: RawSocket,
  parentId: string,
): Promise<{ bytes: number; tookMs: number }> {
  const startedAt = performance.now();
  const state = frameWith([held], '"type":"thread_state"');
  held.socket.send(JSON.stringify({ type: 'thread_sync', parentId, holds: positionOf(held) }));
  const [bytes = 0] = await state;
  return { bytes, tookMs: performance.now() - startedAt };
}

/** From sending a message to when the last has it. */
async function toEveryone(group: MadeGroup, sockets: readonly RawSocket[]): Promise<number> {
  const content = `to everyone ${crypto.randomUUID()}`;
  const has = frameWith(sockets, content);
  const startedAt = performance.now();
  await group.owner.post(group.id, content);
  await has;
  return performance.now() - startedAt;
}

/** Waits until each of the sockets has received a frame with this text. Returns their sizes, in bytes. */
function frameWith(sockets: readonly RawSocket[], text: string): Promise<number[]> {
  return Promise.all(
    sockets.map(({ socket }) => {
      const { promise, resolve } = Promise.withResolvers<number>();
      socket.on('message', function take(data: Buffer) {
        if (!data.includes(text)) return;
        socket.off('message', take);
        resolve(data.length);
      });
      return promise;
    }),
  );
}

function tell(what: string, result: string): void {
  console.info(`${what.padEnd(22)} ${result}`);
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1_000).toFixed(1)} KB`;
}
