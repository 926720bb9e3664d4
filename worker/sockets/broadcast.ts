import type { ServerEvent } from '../../protocol/server-events.ts';
import type { Clock } from '../clock.ts';
import { type Audience, isMeant } from './audience.ts';
import type { Busyness } from './busyness.ts';
import type { Connections } from './connections.ts';

/**
 * How long events are collected into one frame, from a calm Room to one that does nothing but work. It follows from how busy
 * the Room is and never from how many sockets it has: an idle Room of a thousand answers at once. With a frame for each event
 * the sends of a busy Room leave it no time to read (measured: at 1,000 messages a second to 100 sockets the median is 1,400 ms
 * instead of 22). More than `busiest` only makes people wait: at 4,500 a second a message took 90 ms to reach everyone with 50 ms, and
 * 30 ms with 12.
 */
const COLLECT_MS = { calm: 2, busiest: 12 };
/** Up to this share of its time a Room is calm. */
const CALM_SHARE = 0.5;
/**
 * A Room that could send each change in a frame of its own, within this share of its time, collects nothing: a timer, however
 * short, takes 4 ms. Above that an event waits for one, which runs after what has arrived meanwhile was read, so that a Room that
 * cannot keep up collects more by itself.
 */
const AT_ONCE_SHARE = 0.85;
/** After a silence this long an event goes out at once. */
const SILENCE_MS = 20;
/** Timers starve under load: once the oldest event has waited this long, `publish` sends without the timer. */
const OLDEST_WAITS_MS = 100;

interface QueuedEvent extends Audience {
  event: ServerEvent;
}

/** Collects events, and sends them to the sockets of a Room as one frame. */
export class Broadcast {
  readonly #connections: Pick<Connections, 'sendToAll'>;
  readonly #clock: Clock;
  readonly #busyness: Busyness;
  #queue: QueuedEvent[] = [];
  #oldestAt = 0;
  #flushedAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Whether the queue is sent when the current turn ends. */
  #isEnding = false;

  constructor(connections: Pick<Connections, 'sendToAll'>, clock: Clock, busyness: Busyness) {
    this.#connections = connections;
    this.#clock = clock;
    this.#busyness = busyness;
  }

  /** Sends an event with the others of this turn or, shortly after another frame, with those of the next few ms. */
  publish(event: ServerEvent, to: Audience = {}): void {
    const now = this.#clock();
    if (this.#queue.length === 0) this.#oldestAt = now;
    this.#queue.push({ event, ...to });
    if ('rev' in event) this.#busyness.changed();
    if (now - this.#oldestAt >= OLDEST_WAITS_MS) this.flush();
    else this.#flushSoon();
  }

  /** How long until the next frame should go, ms; 0 after a silence, and in a Room that keeps up with frames of their own. */
  dueInMs(): number {
    if (this.#busyness.shareAlone() < AT_ONCE_SHARE) return 0;
    const sinceMs = this.#clock() - this.#flushedAt;
    if (sinceMs >= Math.max(SILENCE_MS, this.#collectMs())) return 0;
    return Math.max(this.#collectMs() - sinceMs, 1);
  }

  /** Sends what is queued. A state is built after a flush, so that the next rev on its socket is the state's + 1. */
  flush(): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#queue.length === 0) return;
    const frameFor = framesOf(this.#queue);
    // Clients acknowledge changes only, so a frame of ephemeral events must not count as unacknowledged.
    const isAcknowledged = this.#queue.some(({ event }) => 'rev' in event);
    this.#queue = [];
    this.#flushedAt = this.#clock();
    const { sockets, longest } = this.#connections.sendToAll(frameFor, isAcknowledged);
    this.#busyness.sent(sockets, longest, isAcknowledged);
  }

  #flushSoon(): void {
    if (this.#timer !== undefined || this.#isEnding) return;
    const waitMs = this.dueInMs();
    if (waitMs > 0) {
      this.#timer = this.#busyness.after(waitMs, () => this.flush());
      return;
    }
    // One change may have several events, and one transaction several changes: they share a frame.
    this.#isEnding = true;
    queueMicrotask(() => {
      this.#isEnding = false;
      this.flush();
    });
  }

  #collectMs(): number {
    const { calm, busiest } = COLLECT_MS;
    const strain = Math.max(this.#busyness.share() - CALM_SHARE, 0) / (1 - CALM_SHARE);
    return calm + strain * (busiest - calm);
  }
}

/**
 * Builds one frame for each user from events in their order; undefined for a user without any. Each event is serialised
 * once. Users whom no audience names, nearly always everyone, share one frame.
 */
export function framesOf(queue: readonly QueuedEvent[]): (userId: string) => string | undefined {
  const parts = queue.map(({ event, ...to }) => ({ text: JSON.stringify(event), to }));
  const frameFor = (isTheirs: (to: Audience) => boolean): string | undefined => {
    const theirs = parts.filter(({ to }) => isTheirs(to));
    return theirs.length > 0 ? `[${theirs.map(({ text }) => text).join(',')}]` : undefined;
  };
  const forAll = frameFor(({ onlyTo }) => onlyTo === undefined);
  const named = new Set(parts.flatMap(({ to }) => [to.onlyTo ?? [], ...(to.notTo ?? [])].flat()));
  const personal = new Map(
    [...named].map((userId) => [userId, frameFor((to) => isMeant(to, userId))]),
  );
  return (userId) => (personal.has(userId) ? personal.get(userId) : forAll);
}
