import type { WebSocket } from 'ws';
import * as z from 'zod/mini';

/** How long a test waits for an event that should arrive at once; generous, for slow machines. */
const WAIT_MS = 10_000;

/** The events of `Event` that have this type. */
type EventOf<Event extends { type: string }, T extends Event['type']> = Extract<Event, { type: T }>;

/** A socket in a test: the received events, and the next one. */
export interface EventSocket<Event extends { type: string }, Frame> {
  /** The subprotocol that the server selected. */
  protocol: string;
  /** Every received event, in order. */
  events: readonly Event[];
  /** The received events of each frame. */
  frames: readonly (readonly Event[])[];
  /** Received texts that are not frames, such as `pong`. */
  texts: readonly string[];
  /** Resolves with the code and reason once the socket has closed. */
  closed: Promise<{ code: number; reason: string }>;
  send(frame: Frame): void;
  /** Sends any text, also one that a correct client would never send. */
  sendText(text: string): void;
  /**
   * The next event of this type that meets `where`, after the one that `next` returned last, so that no event between two
   * calls is missed. Throws if the socket closes, or after `withinMs`.
   */
  next<T extends Event['type']>(
    type: T,
    where?: (event: EventOf<Event, T>) => boolean,
    withinMs?: number,
  ): Promise<EventOf<Event, T>>;
  /** Waits until `find` returns a value. Unlike `next` it skips no event for later calls. */
  until<T>(what: string, find: () => T | undefined, withinMs?: number): Promise<T>;
  /** The next text that is not a frame. */
  nextText(withinMs?: number): Promise<string>;
  /** Closes as a browser does, and waits until it is closed. */
  close(code?: number): Promise<void>;
  /** Drops the connection without a close frame, as a lost network does. */
  terminate(): void;
}

/**
 * Waits until the upgrade was answered, and wraps the socket, whose frames are arrays of `schema`. Throws if the server
 * refuses the upgrade. `received` is called with the events of each received frame.
 */
export async function openEventSocket<Event extends { type: string }, Frame>(
  socket: WebSocket,
  schema: z.ZodMiniType<Event>,
  received: (events: readonly Event[]) => void = () => undefined,
): Promise<EventSocket<Event, Frame>> {
  const frameSchema = z.array(schema);
  const frames: Event[][] = [];
  const events: Event[] = [];
  const texts: string[] = [];
  const changed = new EventTarget();
  let ended: { code: number; reason: string } | undefined;
  let broken: Error | undefined;
  let read = 0;
  let textsRead = 0;

  socket.on('message', (data) => {
    const text = String(data);
    if (text.startsWith('[')) {
      const frame = frameSchema.safeParse(JSON.parse(text));
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

  async function until<T>(what: string, find: () => T | undefined, withinMs = WAIT_MS): Promise<T> {
    const end = AbortSignal.timeout(withinMs);
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      if (broken) throw broken;
      if (ended) throw new Error(`closed (${ended.code} ${ended.reason}) before ${what} arrived`);
      if (end.aborted) throw new Error(`${what} did not arrive within ${withinMs} ms`);
      await Promise.race([once(changed, 'changed'), once(end, 'abort')]);
    }
  }

  const next: EventSocket<Event, Frame>['next'] = (type, where = () => true, withinMs) =>
    until(
      type,
      () => {
        for (let at = read; at < events.length; at++) {
          const event = events[at];
          if (event !== undefined && isOf(event, type) && where(event)) {
            read = at + 1;
            return event;
          }
        }
        return undefined;
      },
      withinMs,
    );

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
    until,
    nextText: (withinMs) =>
      until(
        'a text',
        () => {
          const text = texts[textsRead];
          if (text !== undefined) textsRead++;
          return text;
        },
        withinMs,
      ),
    async close(code = 1000) {
      socket.close(code);
      await closed;
    },
    terminate: () => socket.terminate(),
  };
}

function isOf<Event extends { type: string }, T extends Event['type']>(
  event: Event,
  type: T,
): event is EventOf<Event, T> {
  return event.type === type;
}

function once(target: EventTarget, name: string): Promise<void> {
  return new Promise((resolve) => {
    target.addEventListener(name, () => resolve(), { once: true });
  });
}
