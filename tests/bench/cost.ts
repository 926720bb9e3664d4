import { v7 as uuidv7 } from 'uuid';
import { PING, PING_EVERY_MS } from '../../protocol/limits.ts';
import { startEdgewiseProcess } from '../support/edgewise-process.ts';
import { type Person, signIn } from '../support/person.ts';
import { type Cost, RoomCounter } from '../support/room-costs.ts';
import type { TestSocket } from '../support/test-socket.ts';
import { UNLIMITED_PEOPLE } from '../support/unlimited.ts';
import { fileClient } from '../support/uploading.ts';
import { gatherPeople } from './gather-people.ts';
import { inTurns } from './in-turns.ts';
import { PRICES } from './prices.ts';

// `npm run bench -- cost`: the rows that a Room and its mirror in D1 write for each kind of change, as the platform bills them.
// `tests/worker/room/cost-of-reading.test.ts` counts what those write who read a message.

/** The delays of a Room, in the order of a deployed one but shorter. */
const VARS = { ROOM_COLLECT_CURSORS_MS: '4000', ROOM_SETTLE_MS: '8000' };
const QUIET_FOR_MS = 9_000;
const BURST = 200;
/** How many people receive and read a message. */
const READERS = [1, 20, 100];
/** What an active person does on a working day, by the name of the change. Each message is read by 20 people. */
const DAY: readonly [change: string, times: number][] = [
  ['a message that 20 receive and read', 30],
  ['a reply in a followed thread', 10],
  ['a reaction', 10],
  ['an edit', 3],
];
const WORKING_DAYS = 21;
const TEAMS = [10, 100, 1_000];

const server = await startEdgewiseProcess({ vars: { ...UNLIMITED_PEOPLE, ...VARS } });
const costs = new Map<string, Cost>();
/** As clients do: a socket that is silent for long is closed. */
const pinging = new Set<TestSocket>();
const pings = setInterval(() => {
  for (const socket of pinging) socket.sendText(PING);
}, PING_EVERY_MS);
try {
  await measureChanges();
  for (const readers of READERS) await measureReading(readers);
} finally {
  clearInterval(pings);
  await server.dispose();
}
printRows();
printTeams();

async function measureChanges(): Promise<void> {
  const author = await signIn(server.url, 'Cost');
  const { id: groupId } = await author.createGroup();
  const counter = new RoomCounter(server.url, groupId, QUIET_FOR_MS);
  const socket = await open(author, groupId);
  const root = await say(socket, 'root');
  await say(socket, 'reply', root);
  let files: string[] = [];
  const changes: [string, number, () => Promise<unknown>][] = [
    ['a message on its own', 1, () => say(socket, 'alone')],
    [`a message in a burst of ${BURST}`, BURST, () => burst(socket)],
    ['an edit', 1, () => settled(socket, { type: 'edit_message', id: root, content: 'edited' })],
    [
      'a reaction',
      1,
      () => settled(socket, { type: 'reaction', id: root, emoji: '👍', op: 'add' }),
    ],
    ['a reply in a followed thread', 1, () => say(socket, 'again', root)],
    [
      'three uploads',
      1,
      async () => {
        files = await upload(author, groupId);
      },
    ],
    ['a message with these three files', 1, () => say(socket, 'files', undefined, files)],
    ['silence', 1, async () => undefined],
  ];
  for (const [name, times, work] of changes) {
    await counter.start();
    await work();
    const { room, d1 } = await counter.stop();
    costs.set(name, { room: room / times, d1: d1 / times });
  }
  await closeAll();
}

/** A message that this many people, who have the group open, receive and read. */
async function measureReading(readers: number): Promise<void> {
  const names = Array.from({ length: readers }, (_, at) => `Reader ${at} of ${readers}`);
  const author = await signIn(server.url, 'Cost');
  const people = await gatherPeople(server.url, names);
  const { id: groupId } = await author.createGroup({ memberIds: people.map((it) => it.userId) });
  const counter = new RoomCounter(server.url, groupId, QUIET_FOR_MS);
  const socket = await open(author, groupId);
  const sockets = await inTurns(people, (person) => open(person, groupId));
  const work = async () => {
    await say(socket, 'to all');
    await inTurns(sockets, async (reader) => {
      const { message } = await reader.next('message');
      reader.send({ type: 'thread_delivered', seq: message.seq });
      reader.send({ type: 'thread_read', seq: message.seq, mark: 0 });
    });
  };
  // The first time, D1 has no row yet of how far people have read.
  await work();
  await counter.start();
  await work();
  costs.set(`a message that ${readers} receive and read`, await counter.stop());
  await closeAll();
}

async function open(person: Person, groupId: string): Promise<TestSocket> {
  const socket = await person.connect(groupId);
  await socket.next('thread_state');
  pinging.add(socket);
  return socket;
}

async function closeAll(): Promise<void> {
  for (const socket of pinging) await socket.close();
  pinging.clear();
}

async function upload(person: Person, groupId: string): Promise<string[]> {
  const client = fileClient(server.url, person);
  const uploaded = await inTurns(['a.txt', 'b.txt', 'c.txt'], (name) =>
    client.upload(groupId, `the text of ${name}`, { name }),
  );
  return uploaded.map(({ id }) => id);
}

async function say(
  socket: TestSocket,
  content: string,
  parentId?: string,
  attachments?: string[],
): Promise<string> {
  const id = uuidv7();
  socket.send({
    type: 'message',
    id,
    content,
    ...(parentId !== undefined && { parentId }),
    ...(attachments && { attachments }),
  });
  await socket.next('message', (event) => event.message.id === id);
  return id;
}

async function settled(socket: TestSocket, frame: Parameters<TestSocket['send']>[0]) {
  socket.send(frame);
  await socket.sync();
}

async function burst(socket: TestSocket): Promise<void> {
  for (let n = 0; n < BURST; n += 1) await say(socket, `message ${n}`);
}

function printRows(): void {
  console.info('rows written                                  Room     D1');
  for (const [name, { room, d1 }] of costs) {
    console.info(`${name.padEnd(44)} ${format(room)} ${format(d1)}`);
  }
}

function format(rows: number): string {
  return (Number.isInteger(rows) ? String(rows) : rows.toFixed(2)).padStart(6);
}

/** What a team pays for rows in a month. */
function printTeams(): void {
  const day = DAY.map(([change, times]) => {
    const { room, d1 } = costs.get(change) ?? { room: Number.NaN, d1: Number.NaN };
    return { room: room * times, d1: d1 * times };
  });
  const sum = (of: keyof Cost) => day.reduce((total, cost) => total + cost[of], 0);
  const daily: Cost = { room: sum('room'), d1: sum('d1') };
  console.info(`\na person, a day: ${format(daily.room)} rows in Rooms, ${format(daily.d1)} in D1`);
  const free = Math.floor(PRICES.freeRowsADay / Math.max(daily.room, daily.d1));
  console.info(`the free plan is enough for ${free} active people`);
  for (const people of TEAMS) {
    const [room = 0, d1 = 0] = [daily.room, daily.d1].map((rows) => rows * people * WORKING_DAYS);
    const dollars = PRICES.plan + dollarsOf(room) + dollarsOf(d1);
    console.info(
      `${people} active people, a month: ${millions(room)} million rows in Rooms, ${millions(d1)} in D1: ` +
        `${dollars.toFixed(2)} dollars, ${PRICES.plan} of them for the plan`,
    );
  }
}

function dollarsOf(rows: number): number {
  return (Math.max(rows - PRICES.includedRows, 0) / 1_000_000) * PRICES.millionRows;
}

function millions(rows: number): string {
  return (rows / 1_000_000).toFixed(2);
}
