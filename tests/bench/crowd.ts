import { once } from 'node:events';
import { v7 as uuid } from 'uuid';
import { WebSocket } from 'ws';
import { CLOSE } from '../../protocol/errors.ts';
import { deliveredEveryMs } from '../../protocol/limits.ts';
import type { Person } from '../support/person.ts';
import { gatherPeople } from './gather-people.ts';
import { inTurns } from './in-turns.ts';
import { MEMBERS } from './step.ts';

/** Called with every frame that a socket of a crowd receives. */
export type Receive = (frame: Buffer) => void;

/** The sockets of a group's members, on any kind of server. */
export interface Crowd {
  /** One for each user; a socket that the server asked to reconnect is replaced. */
  sockets: WebSocket[];
  /** The frame in which a client of this server sends this text. */
  frameOf(content: string): string;
}

/** Compression and validation of every frame would distort the measurement. */
const PLAIN = { perMessageDeflate: false, skipUTF8Validation: true };

/**
 * Signs users in to an Edgewise, creates a group of them, and opens a socket for each. A Room that gets hot asks senders
 * to reconnect (4503), and they do, as every client must.
 */
export async function gatherAtEdgewise(url: string, receive: Receive): Promise<Crowd> {
  const names = Array.from({ length: MEMBERS }, (_, at) => `Member ${at}`);
  const [first, ...others] = await gatherPeople(url, names);
  if (first === undefined) throw new Error('no one signed in');
  const group = await first.createGroup({ memberIds: others.map((person) => person.userId) });
  const address = `${url.replace(/^http/, 'ws')}/api/groups/${group.id}/socket`;
  const sockets: WebSocket[] = [];
  const open = async (person: Person, at: number) => {
    const protocols = ['edgewise.v1', `bearer.${await person.token()}`];
    const socket = new WebSocket(address, protocols, { ...PLAIN, origin: url });
    await firstFrame(socket, '[');
    sockets[at] = socket.on('message', receive);
    const telling = tellDelivered(socket);
    socket.on('close', (code) => {
      clearInterval(telling);
      if (code === CLOSE.unavailable) void open(person, at);
    });
  };
  await inTurns(
    [first, ...others].map((person, at) => ({ person, at })),
    ({ person, at }) => open(person, at),
  );
  return {
    sockets,
    frameOf: (content) => JSON.stringify({ type: 'message', id: uuid(), content }),
  };
}

/** Acknowledges from time to time, as every client must: a client that does not is taken for stuck. */
function tellDelivered(socket: WebSocket): NodeJS.Timeout {
  let last: Buffer | undefined;
  socket.on('message', (frame: Buffer) => {
    last = frame;
  });
  return setInterval(() => {
    const seq = Number(/.*"rev":(\d+)/s.exec(String(last))?.[1] ?? 0);
    last = undefined;
    if (seq > 0) socket.send(JSON.stringify({ type: 'thread_delivered', seq }));
  }, deliveredEveryMs(MEMBERS));
}

/**
 * Opens the sockets of a Socket.IO server by speaking its protocol, over the same WebSocket library. Socket.IO's own
 * client would parse every delivery, and the generator would measure that.
 */
export async function gatherAtSocketIo(url: string, receive: Receive): Promise<Crowd> {
  const address = `${url.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`;
  const sockets = await inTurns(Array.from({ length: MEMBERS }), async () => {
    const socket = new WebSocket(address, PLAIN);
    await firstFrame(socket, '0');
    socket.send('40');
    await firstFrame(socket, '40');
    // The server's ping; without a pong it closes the socket.
    socket.on('message', (data) => String(data) === '2' && socket.send('3'));
    return socket.on('message', receive);
  });
  return {
    sockets,
    frameOf: (content) => `42${JSON.stringify(['message', { id: uuid(), content }])}`,
  };
}

/** Opens the sockets of a server that takes a message as one frame of JSON, and has no protocol besides. */
export async function gatherAtPlain(url: string, receive: Receive): Promise<Crowd> {
  const address = url.replace(/^http/, 'ws');
  const sockets = await inTurns(Array.from({ length: MEMBERS }), async () => {
    const socket = new WebSocket(address, PLAIN);
    await once(socket, 'open');
    return socket.on('message', receive);
  });
  return { sockets, frameOf: (content) => JSON.stringify({ id: uuid(), content }) };
}

function firstFrame(socket: WebSocket, start: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('close', (code) => reject(new Error(`closed with ${code}`)));
    socket.once('message', (data) => {
      if (String(data).startsWith(start)) resolve();
      else reject(new Error(`not what was expected: ${data}`));
    });
  });
}
