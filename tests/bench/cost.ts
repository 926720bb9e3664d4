import { v7 as uuidv7 } from 'uuid';
import { PING, PING_EVERY_MS } from '../../protocol/limits.ts';
import { startEdgewiseProcess } from '../support/edgewise-process.ts';
import { type Person, signIn } from '../support/person.ts';
import { type Cost, RoomCounter } from '../support/room-costs.ts';
import type { TestSocket } from '../support/test-socket.ts';
import { UNLIMITED_PEOPLE } from '../support/unlimited.ts';
import { fileClient } from '../support/uploading.ts';
import { inTurns } from './in-turns.ts';

// `npm run bench -- cost`: the rows that a Room and its mirror in D1 write for each kind of change, as the platform bills them.
// `tests/worker/room/cost-of-reading.test.ts` counts what those write who read a message.

/** The delays of a Room, in the order of a deployed one but shorter. */
const VARS = { ROOM_COLLECT_CURSORS_MS: '4000', ROOM_SETTLE_MS: '8000' };
const QUIET_FOR_MS = 9_000;
const BURST = 200;

const server = await startEdgewiseProcess({ vars: { ...UNLIMITED_PEOPLE, ...VARS } });
const costs = new Map<string, Cost>();
/** As clients do: a socket that is silent for long is closed. */
const pinging = new Set<TestSocket>();
const pings = setInterval(() => {
  for (const socket of pinging) socket.sendText(PING);
}, PING_EVERY_MS);
try {
  await measureChanges();
} finally {
  clearInterval(pings);
  await server.dispose();
}
printRows();

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
