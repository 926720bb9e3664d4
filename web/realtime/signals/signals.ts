import type { ClientFrame } from '../../../protocol/client-frames.ts';
import type { ErrorEvent } from '../../../protocol/server-events.ts';
import type { Clock } from '../clock.ts';
import type { ReceivedEvent } from '../connection/parse-frame.ts';
import type { GroupReplica } from '../replica/group-replica.ts';
import { threadIn } from '../replica/my-cursors.ts';
import { Activity } from './activity.ts';
import { DeliveredSignal } from './delivered-signal.ts';
import { FollowRequests } from './follow-requests.ts';
import { ownQuiet } from './own-quiet.ts';
import type { PendingSignalStore } from './pending-signals.ts';
import { ReadCursors } from './read-cursors.ts';
import { TypingSignal } from './typing-signal.ts';

/** What the signals need from their surroundings. */
export interface SignalParts {
  clock: Clock;
  replica(): GroupReplica;
  isLive(): boolean;
  /** Sends a frame over the connection; returns whether it was taken. */
  send(frame: ClientFrame): boolean;
  /** Stored signals that an earlier visit could not send, and those of this one. */
  pending: PendingSignalStore;
}

/**
 * What this client sends about its user: how far they read, that they type, that they are active, what they follow.
 */
export class Signals {
  readonly reads: ReadCursors;
  readonly typing: TypingSignal;
  readonly follows: FollowRequests;
  readonly activity: Activity;
  readonly #parts: SignalParts;
  readonly #delivered: DeliveredSignal;
  #watched: string[] = [];

  constructor(parts: SignalParts) {
    const { clock, send, replica, isLive, pending } = parts;
    this.#parts = parts;
    this.reads = new ReadCursors({ clock, isLive, send, pending, me: () => replica().me });
    this.typing = new TypingSignal(clock, send);
    this.follows = new FollowRequests(send, pending);
    this.activity = new Activity(clock, this.#sendPresence);
    ownQuiet.changed.add(this.#sendPresence);
    this.#delivered = new DeliveredSignal(clock, send);
  }

  /** The composer of a thread, or of the timeline (null), was typed into or cleared. Ignored while disconnected. */
  type(parentId: string | null, isTyping: boolean): void {
    if (!this.#parts.isLive()) return;
    if (isTyping) this.typing.type(parentId);
    else this.typing.stop(parentId);
  }

  /** The presence of these users is on the screen, and that of no others. In a small group everyone's is known. */
  watch(userIds: string[]): void {
    this.#watched = userIds;
    const isLarge = this.#parts.replica().ephemeral.presentCount !== undefined;
    if (isLarge) this.#parts.send({ type: 'presence_watch', userIds });
  }

  /** The connection is live, and the replica at the Room's rev. */
  connected(): void {
    // The server takes every new connection for online.
    if (this.activity.state === 'away' || ownQuiet.isOn) this.#sendPresence();
    const { me } = this.#parts.replica();
    this.#watchAgain();
    this.follows.connected((parentId) => me && threadIn(me, parentId)?.following);
    this.reads.flush();
    this.#applied();
  }

  /** These events are applied to the replica. */
  received(events: readonly ReceivedEvent[]): void {
    for (const event of events) {
      if (event.type === 'receipt_update' && event.userId === this.#parts.replica().me?.userId) {
        this.follows.acknowledged(event);
        this.reads.acknowledged();
      }
      if (event.type === 'error') this.#refused(event);
    }
    this.#applied();
  }

  disconnected(): void {
    this.typing.forget();
    this.reads.disconnected();
    this.#delivered.disconnected();
  }

  /** The user left the group's screen. */
  leave(): void {
    this.typing.stopAll();
    this.reads.leave();
  }

  /** The user has lost the group: drops everything, stored signals too. */
  forget(): void {
    this.reads.forget();
    this.follows.forget();
    this.#parts.pending.forget();
  }

  /** Ends its timers. */
  close(): void {
    this.typing.forget();
    this.reads.close();
    this.activity.close();
    ownQuiet.changed.delete(this.#sendPresence);
    this.#delivered.close();
  }

  /**
   * An error without a `ref` is about a read cursor, or whom I watch. One with a `ref` is about a follow request, the outbox
   * or a thread.
   */
  #refused(error: ErrorEvent): void {
    const isTooMany = error.code === 'rate_limited';
    if (!isTooMany) this.follows.refused(error);
    else if (error.ref === undefined) {
      this.reads.refused(error.retryAfterMs);
      this.#parts.clock.after(error.retryAfterMs ?? 0, this.#watchAgain);
    }
  }

  readonly #watchAgain = (): void => {
    if (this.#watched.length > 0) this.watch(this.#watched);
  };

  readonly #sendPresence = (): void => {
    const { state } = this.activity;
    this.#parts.send({ type: 'presence', state, ...(ownQuiet.isOn && { dnd: true }) });
  };

  #applied(): void {
    const { group, me, ephemeral, position } = this.#parts.replica();
    if (!group || !me || !position || !this.#parts.isLive()) return;
    const known = ephemeral.receipts.get(me.userId)?.deliveredSeq ?? 0;
    // The position, not the last message: a client that receives only edits has to acknowledge them too.
    this.#delivered.applied(position.since, { memberCount: group.memberCount, known });
  }
}
