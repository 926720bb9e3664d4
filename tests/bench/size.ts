import { setTimeout as pause } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import type { WebSocket } from 'ws';
import { type EdgewiseProcess, startEdgewiseProcess } from '../support/edgewise-process.ts';
import { NEVER_HOT, UNLIMITED_GROUPS, UNLIMITED_PEOPLE } from '../support/unlimited.ts';
import { gatherMany } from './gather-people.ts';
import { inTurns } from './in-turns.ts';
import { countLatencies, type Latencies } from './latencies.ts';
import { makeGroup } from './made-group.ts';
import { residentBytes } from './peak-memory.ts';
import { openRawSocket } from './raw-socket.ts';
import { openAll, restart } from './restart.ts';

// `npm run bench -- size [--quick]`: memory of a socket and of a Room, a restart while a thousand people look at one group, and
// 200 groups of which one is hot.

const QUICK = process.argv.includes('--quick');
const CLIENTS = QUICK ? 100 : 1_000;
const GROUPS = QUICK ? 40 : 200;
/** The people of each of these groups, the same in all. */
const PEOPLE = 20;
/** All quiet groups together. */
const QUIET_RATE = 40;
const HOT_RATE = 300;
const MEASURE_MS = QUICK ? 5_000 : 20_000;

const server = await startEdgewiseProcess({
  vars: { ...UNLIMITED_PEOPLE, ...UNLIMITED_GROUPS, ...NEVER_HOT },
});
try {
  await measureRestart(server);
  await measureGroups(server);
} finally {
  await server.dispose();
}

/** Memory of the sockets of one Room, and how soon everyone is whole after the server was killed. */
async function measureRestart(server: EdgewiseProcess): Promise<void> {
  const people = await gatherMany(server.url, CLIENTS);
  const group = await makeGroup(people);
  const before = memory();
  const sockets = await openAll(server.url, group, people);
  const after = memory();
  console.info(`memory of a socket     ${Math.round((after - before) / CLIENTS / 1024)} KB`);
  const back = await restart(server, group, people, sockets);
  console.info(
    `a restart              ${CLIENTS} clients are whole ${seconds(back.wholeMs)} s after the server is back, ` +
      `which took ${seconds(back.downMs)} s; ${back.resets} of them from scratch`,
  );
  await group.owner.post(group.id, 'everyone is back');
  for (const { socket } of back.sockets) socket.terminate();
}

/** Memory of a Room, and what the people of quiet groups wait without and with a hot group beside them. */
async function measureGroups(server: EdgewiseProcess): Promise<void> {
  const people = await gatherMany(server.url, PEOPLE);
  const groups: { id: string; sockets: WebSocket[] }[] = [];
  const took = { quiet: countLatencies(), hot: countLatencies() };
  let measured: Latencies = took.quiet;
  const before = memory();
  for (let n = 0; n < GROUPS; n += 1) {
    const { id } = await makeGroup(people);
    const sockets = await inTurns(people, async (person) => {
      const { socket } = await openRawSocket(server.url, id, await person.token());
      return socket.on('message', (frame: Buffer) => n > 0 && note(frame, measured));
    });
    groups.push({ id, sockets });
  }
  console.info(
    `memory of a Room       ${Math.round((memory() - before) / GROUPS / 1024)} KB with its ${PEOPLE} sockets`,
  );
  const [hot, ...quiet] = groups;
  if (!hot) throw new Error('there is no group');
  for (const isHot of [false, true]) {
    measured = isHot ? took.hot : took.quiet;
    const until = performance.now() + MEASURE_MS;
    await Promise.all([
      send(quiet, QUIET_RATE, until),
      ...(isHot ? [send([hot], HOT_RATE, until)] : []),
    ]);
    await pause(2_000);
  }
  for (const [name, latencies] of Object.entries({
    'without a hot one': took.quiet,
    'beside a hot one': took.hot,
  })) {
    console.info(
      `quiet groups           ${name}: median ${latencies.quantile(0.5)} ms, p99 ${latencies.quantile(0.99)} ms`,
    );
  }
  for (const { sockets } of groups) for (const socket of sockets) socket.terminate();
}

/** Sends this many messages a second, in turn to each of the groups and by each of their people, with the time in the text. */
async function send(
  groups: readonly { sockets: WebSocket[] }[],
  rate: number,
  until: number,
): Promise<void> {
  const startedAt = performance.now();
  for (let sent = 0; performance.now() < until; await pause(1)) {
    for (; sent < ((performance.now() - startedAt) * rate) / 1_000; sent += 1) {
      const sockets = groups[sent % groups.length]?.sockets ?? [];
      const content = `at ~${performance.now().toFixed(1)}~ ${'x'.repeat(100)}`;
      sockets[Math.floor(sent / groups.length) % PEOPLE]?.send(
        JSON.stringify({ type: 'message', id: uuidv7(), content }),
      );
    }
  }
}

/** Notes how old the messages of a frame are. */
function note(frame: Buffer, latencies: Latencies): void {
  for (const [, at] of String(frame).matchAll(/~([\d.]+)~/g)) {
    latencies.add(performance.now() - Number(at));
  }
}

function memory(): number {
  return residentBytes(server.pid(), 'workerd') ?? Number.NaN;
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(1);
}
