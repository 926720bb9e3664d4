import type { WebSocket } from 'ws';
import * as z from 'zod/mini';
import type { ClientFrame } from '../../protocol/client-frames.ts';
import { ServerEvent, type ThreadStateEvent } from '../../protocol/server-events.ts';

/** How long a test waits for an event that should arrive at once; generous, for slow machines. */
const WAIT_MS = 10_000;

const Frame = z.array(ServerEvent);

type EventOf<T extends ServerEvent['type']> = Extract<ServerEvent, { type: T }>;

/** A group's socket in a test: the received events, and the next one. */
export interface TestSocket {
  /** The subprotocol that the server selected. */
  protocol: string;
  /** Every received event, in order. */
  events: readonly ServerEvent[];
  /** The received events of each frame. */
  frames: readonly (readonly ServerEvent[])[];
  /** Received texts that are not frames, such as `pong`. */
  texts: readonly string[];
  /** Resolves with the code and reason once the socket has closed. */
  closed: Promise<{ code: number; reason: string }>;
  send(frame: ClientFrame): void;
  /** Sends any text, also one that a correct client would never send. */
  sendText(text: string): void;
  /**
   * The next event of this type that meets `where`, after the one that `next` returned last, so that no event between two
   * calls is missed. Throws if the socket closes, or after `withinMs`.
   */
  next<T extends ServerEvent['type']>(
    type: T,
    where?: (event: EventOf<T>) => boolean,
    withinMs?: number,
  ): Promise<EventOf<T>>;
  /** The next text that is not a frame. */
  nextText(withinMs?: number): Promise<string>;
  /**
   * Requests the group's state and waits for it. The Room flushes queued events first, so a test that asserts that an event
   * did *not* arrive need not sleep.
   */
  sync(from?: { since: number; epoch: string }): Promise<ThreadStateEvent>;
  /** Closes as a browser does, and waits until it is closed. */
  close(code?: number): Promise<void>;
  /** Drops the connection without a close frame, as a lost network does. */
  terminate(): void;
}

/**
 * Waits until the upgrade was answered, and wraps the socket. Throws if the server refuses the upgrade. `received` is
 * called with the events of each received frame.
 */
export async function openSocket(
  socket: WebSocket,
  received: (events: readonly ServerEvent[]) => void = () => undefined,
): Promise<TestSocket> {
  const frames: ServerEvent[][] = [];
  const events: ServerEvent[] = [];
  const texts: string[] = [];
  const changed = new EventTarget();
  let ended: { code: number; reason: string } | undefined;
  let broken: Error | undefined;
  let read = 0;
  let textsRead = 0;

  socket.on('message', (data) => {
    const text = String(data);
    if (text.startsWith('[')) {
      const frame = Frame.safeParse(JSON.parse(text));
      if (frame.success) {
        frames.push(frame.data);
        events.push(...frame.data);
        received(frame.data);
      } else {
        broken = new Error(`the server sent what it must not: ${text}`, { cause: frame.error });
      }
    } else {
      texts.push(text);
    }
    changed.dispatchEvent(new Event('changed'));
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on('close', (code, reason) => {
      ended = { code, reason: String(reason) };
      resolve(ended);
      changed.dispatchEvent(new Event('changed'));
    });
  });

  /** Waits until `find` returns a value. */
  async function wait<T>(what: string, withinMs: number, find: () => T | undefined): Promise<T> {
    const until = AbortSignal.timeout(withinMs);
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      if (broken) throw broken;
      if (ended) throw new Error(`closed (${ended.code} ${ended.reason}) before ${what} arrived`);
      if (until.aborted) throw new Error(`${what} did not arrive within ${withinMs} ms`);
      await Promise.race([once(changed, 'changed'), once(until, 'abort')]);
    }
  }

  const next: TestSocket['next'] = (type, where = () => true, withinMs = WAIT_MS) =>
    wait(type, withinMs, () => {
      for (let at = read; at < events.length; at++) {
        const event = events[at];
        if (event !== undefined && isOf(event, type) && where(event)) {
          read = at + 1;
          return event;
        }
      }
      return undefined;
    });

  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  // `closed` reports a broken connection; without a listener the error would end the process.
  socket.on('error', () => undefined);

  return {
    protocol: socket.protocol,
    events,
    frames,
    texts,
    closed,
    send: (frame) => socket.send(JSON.stringify(frame)),
    sendText: (text) => socket.send(text),
    next,
    nextText: (withinMs = WAIT_MS) =>
      wait('a text', withinMs, () => {
        const text = texts[textsRead];
        if (text !== undefined) textsRead++;
        return text;
      }),
    async sync(from) {
      const before = events.length;
      socket.send(JSON.stringify({ type: 'thread_sync', ...from }));
      return wait('the state', WAIT_MS, () =>
        events.slice(before).find((event) => event.type === 'thread_state'),
      );
    },
    async close(code = 1000) {
      socket.close(code);
      await closed;
    },
    terminate: () => socket.terminate(),
  };
}

function isOf<T extends ServerEvent['type']>(event: ServerEvent, type: T): event is EventOf<T> {
  return event.type === type;
}

function once(target: EventTarget, name: string): Promise<void> {
  return new Promise((resolve) => {
    target.addEventListener(name, () => resolve(), { once: true });
  });
}
