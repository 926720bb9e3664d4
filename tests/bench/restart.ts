import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod/mini';
import type { EdgewiseProcess } from '../support/edgewise-process.ts';
import type { Person } from '../support/person.ts';
import { inTurns } from './in-turns.ts';
import type { MadeGroup } from './made-group.ts';
import { openRawSocket, type RawPosition, type RawSocket } from './raw-socket.ts';

/** What the clients of a lost connection wait at most before they come back, ms. */
const JITTER_MS = 1_000;

const State = z.object({ epoch: z.string(), rev: z.int(), reset: z.boolean() });

/** Everyone after a restart. */
export interface CameBack {
  sockets: RawSocket[];
  /** From when the server was up again to when the last had its state. */
  wholeMs: number;
  /** From when the server was killed to when it was up again. */
  downMs: number;
  /** How many had to begin from scratch. */
  resets: number;
}

/** Opens a socket for each of these people, ten at a time. */
export function openAll(
  url: string,
  group: MadeGroup,
  people: readonly Person[],
): Promise<RawSocket[]> {
  return inTurns(people, async (person) => openRawSocket(url, group.id, await person.token()));
}

/** Kills the server and starts it again, and has the clients of these sockets come back as soon as it answers. */
export async function restart(
  server: EdgewiseProcess,
  group: MadeGroup,
  people: readonly Person[],
  sockets: readonly RawSocket[],
  received?: (at: number, frame: Buffer) => void,
): Promise<CameBack> {
  const positions = sockets.map(positionOf);
  const tokens = await inTurns(people, (person) => person.token());
  const ended = sockets.map(({ socket }) => new Promise((over) => socket.once('close', over)));
  await server.kill();
  await Promise.all(ended);
  const downAt = performance.now();
  await server.start();
  const upAt = performance.now();
  let lastAt = upAt;
  const coming = people.map(async (_, at) => {
    await pause(Math.random() * JITTER_MS);
    const token = tokens[at] ?? '';
    const back = await openRawSocket(server.url, group.id, token, positions[at], (frame) =>
      received?.(at, frame),
    );
    lastAt = performance.now();
    return back;
  });
  const back = await Promise.all(coming);
  return {
    sockets: back,
    wholeMs: lastAt - upAt,
    downMs: upAt - downAt,
    resets: back.filter(({ state }) => stateIn(state).reset).length,
  };
}

/** Where a client with this state is. */
export function positionOf({ state }: RawSocket): RawPosition {
  const { epoch, rev } = stateIn(state);
  return { since: rev, epoch };
}

/** The state that a frame begins with. */
function stateIn(frame: string): z.infer<typeof State> {
  const events: unknown = JSON.parse(frame);
  return State.parse(Array.isArray(events) ? events[0] : undefined);
}
