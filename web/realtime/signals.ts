import type { ClientFrame } from '../../protocol/client-frames.ts';
import { Activity } from './activity.ts';
import type { Clock } from './clock.ts';
import { DeliveredSignal } from './delivered-signal.ts';
import { FollowWishes } from './follow-wishes.ts';
import type { GroupReplica } from './group-replica.ts';
import { threadIn } from './my-place.ts';
import type { ReceivedEvent } from './parse-frame.ts';
import { ReadCursors } from './read-cursors.ts';
import { TypingSignal } from './typing-signal.ts';

/** What the signals need from their surroundings. */
export interface SignalParts {
  clock: Clock;
  replica(): GroupReplica;
  isLive(): boolean;
  /** Puts a frame on the connection, and says whether it was taken. */
  send(frame: ClientFrame): boolean;
}

/** What this client tells of its person: how far they read, that they type, that they are here, what they follow. */
export class Signals {
  readonly reads: ReadCursors;
  readonly typing: TypingSignal;
  readonly wishes: FollowWishes;
  readonly activity: Activity;
  readonly #parts: SignalParts;
  readonly #delivered: DeliveredSignal;

  constructor(parts: SignalParts) {
    const { clock, send, replica, isLive } = parts;
    this.#parts = parts;
    this.reads = new ReadCursors({ clock, isLive, send, me: () => replica().me });
    this.typing = new TypingSignal(clock, send);
    this.wishes = new FollowWishes(send);
    this.activity = new Activity(clock, () => this.#tellPresence());
    this.#delivered = new DeliveredSignal(clock, send);
  }

  /** The connection is live and the replica at the present. */
  connected(): void {
    const { me } = this.#parts.replica();
    // The server takes whoever connects for online.
    if (this.activity.state === 'away') this.#tellPresence();
    this.wishes.connected((parentId) => me && threadIn(me, parentId)?.following);
    this.reads.flush();
    this.#applied();
  }

  /** These events are in the replica. */
  received(events: readonly ReceivedEvent[]): void {
    for (const event of events) {
      if (event.type === 'receipt_update' && event.userId === this.#parts.replica().me?.userId) {
        this.wishes.granted(event);
      }
      // Signals have no name of their own in an error; what has one is the outbox's, or a thread's.
      const isOurs = event.type === 'error' && event.ref === undefined;
      if (isOurs && event.code === 'rate_limited') this.reads.refused(event.retryAfterMs);
    }
    this.#applied();
  }

  disconnected(): void {
    this.typing.forget();
    this.reads.disconnected();
    this.#delivered.disconnected();
  }

  /** The person left the group's screen. */
  leave(): void {
    this.typing.stopAll();
    this.reads.leave();
  }

  /** Ends its timers. */
  close(): void {
    this.typing.forget();
    this.reads.close();
    this.activity.close();
    this.#delivered.close();
  }

  #tellPresence(): void {
    this.#parts.send({ type: 'presence', state: this.activity.state });
  }

  #applied(): void {
    const { group, me, moment, place } = this.#parts.replica();
    if (!group || !me || !place || !this.#parts.isLive()) return;
    const known = moment.receipts.get(me.userId)?.deliveredSeq ?? 0;
    // N, and not the last message: whoever only sees edits come keeps up as well, and has to say so.
    this.#delivered.applied(place.since, { memberCount: group.memberCount, known });
  }
}
