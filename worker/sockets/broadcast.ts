import type { ServerEvent } from '../../protocol/server-events.ts';
import type { Clock } from '../clock.ts';
import { type Audience, isMeant } from './audience.ts';
import type { Connections } from './connections.ts';

/**
 * Events within this time go out as one frame. With one frame for each event the sends of a busy Room leave it no time to
 * read (measured: with 1,000 messages a second to 100 sockets the median delay is 1,400 ms instead of 22).
 */
const COLLECT_MS = 5;
/** After a silence this long an event goes out at once. */
const SILENCE_MS = 100;
/** Timers starve under load: once the oldest event has waited this long, `publish` sends without the timer. */
const OLDEST_WAITS_MS = 100;
/**
 * Sending a frame to one socket takes 10 to 20 µs. With more sockets frames go out less often and hold more events, so that
 * sending takes only a fraction of the Room's time: a Room of 100 sockets collects for 20 ms.
 */
const SOCKETS_SERVED_A_MS = 5;

interface QueuedEvent extends Audience {
  event: ServerEvent;
}

/** Collects events, and sends them to the sockets of a Room as one frame. */
export class Broadcast {
  readonly #connections: Connections;
  readonly #clock: Clock;
  #queue: QueuedEvent[] = [];
  #oldestAt = 0;
  #publishedAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(connections: Connections, clock: Clock) {
    this.#connections = connections;
    this.#clock = clock;
  }

  /** Sends an event with the other events of the next few ms. */
  publish(event: ServerEvent, to: Audience = {}): void {
    const now = this.#clock();
    if (this.#queue.length === 0) this.#oldestAt = now;
    this.#queue.push({ event, ...to });
    const isFirst = now - this.#publishedAt >= SILENCE_MS;
    this.#publishedAt = now;
    if (isFirst || now - this.#oldestAt >= OLDEST_WAITS_MS) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), this.#collectMs());
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
    this.#connections.sendToAll(frameFor, isAcknowledged);
  }

  #collectMs(): number {
    const sockets = this.#connections.count();
    return Math.min(Math.max(sockets / SOCKETS_SERVED_A_MS, COLLECT_MS), OLDEST_WAITS_MS);
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
