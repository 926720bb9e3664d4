import type { ClientFrame } from '../../protocol/client-frames.ts';
import type { ThreadStateEvent } from '../../protocol/server-events.ts';
import type { Clock } from './clock.ts';
import { GroupReplica } from './group-replica.ts';
import { Outbox } from './outbox.ts';
import type { OutboxStore } from './outbox-store.ts';
import type { ReceivedEvent } from './parse-frame.ts';

/** Without an answer for so long, what is missing is asked for again (architecture.md, rule 5). */
const SYNC_AGAIN_MS = 5_000;

/** What a follower needs from its surroundings. */
export interface FollowerParts {
  userId: string;
  groupId: string;
  store: OutboxStore;
  clock: Clock;
  /** Puts a frame on the connection; what cannot be sent may be dropped. */
  send(frame: ClientFrame): void;
  /** The outbox has changed. */
  changed(): void;
  /** An answer takes unusually long: the connection may be dead. */
  doubted(): void;
}

/** Follows a group over whatever carries its events: what is received goes into the replica and settles the outbox. */
export class Follower {
  readonly outbox: Outbox;
  readonly #parts: FollowerParts;
  #replica = new GroupReplica();
  #cancelSync: (() => void) | undefined;

  constructor(parts: FollowerParts) {
    this.#parts = parts;
    this.outbox = new Outbox({ ...parts, transmit: parts.send });
  }

  /** The group as far as it is known. */
  get replica(): GroupReplica {
    return this.#replica;
  }

  /** Takes the events of one frame, and asks for what they show to be missing. */
  receive(events: readonly ReceivedEvent[]): void {
    for (const event of events) {
      this.#replica.apply(event);
      if (event.type === 'error') this.outbox.refuse(event);
      if (event.type === 'message') this.outbox.acknowledge(event.message.id);
      if (event.type === 'thread_state' && event.parentId === null) this.#settle(event);
    }
    if (this.#replica.hasGap) this.#askForMissing();
  }

  /** The connection is gone; the next one begins with the group's state. */
  disconnect(): void {
    this.#answered();
    this.#replica.disconnect();
    this.outbox.disconnected();
  }

  /** Drops all that is known of the group, and what was written to it: it is not this person's any more. */
  async forget(): Promise<void> {
    this.disconnect();
    this.#replica = new GroupReplica();
    await this.outbox.forget();
  }

  /** Ends its timers. */
  close(): void {
    this.#answered();
    this.outbox.close();
  }

  #settle(state: ThreadStateEvent): void {
    this.#answered();
    for (const message of state.messages) this.outbox.acknowledge(message.id);
    this.outbox.connected();
  }

  /** One question at a time; asked again if the answer does not come. */
  #askForMissing(): void {
    if (this.#cancelSync) return;
    this.#cancelSync = this.#parts.clock.after(SYNC_AGAIN_MS, () => {
      this.#cancelSync = undefined;
      if (this.#replica.hasGap) this.#askForMissing();
    });
    this.#parts.send({ type: 'thread_sync', ...this.#replica.place });
  }

  #answered(): void {
    this.#cancelSync?.();
    this.#cancelSync = undefined;
  }
}
