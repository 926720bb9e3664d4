import type { Message, SystemKind, SystemLine } from '../../../protocol/models.ts';
import type { DurableEvent } from '../../../protocol/server-events.ts';
import type { Clock } from '../../clock.ts';
import type { NewMessage } from '../rows/message-rows.ts';
import type { RoomStore } from '../rows/room-store.ts';

/** What the rules need from outside. */
export interface RuleEffects {
  clock: Clock;
  /** A new UUIDv7. */
  newId: () => string;
  /** Sends an event to every client. Called after the change is written. */
  publish: (event: DurableEvent) => void;
  /** The edit of the message at `seq` mentions these users for the first time. Called after `publish`. */
  mentioned: (userIds: readonly string[], seq: number) => void;
  /** The users who are online or away now: those whom `@here` means. */
  online: () => Iterable<string>;
}

/** Collects an event of the change that is being written. */
export type Publish = (event: DurableEvent) => void;

/** A new message that has no seq yet. */
export interface MessageToInsert
  extends Omit<NewMessage, 'seq' | 'createdAt' | 'root' | 'alsoToGroup'> {
  root?: Message | undefined;
  alsoToGroup?: boolean | undefined;
}

/**
 * Writes changes: rows, revs and events in one synchronous turn, so that no other request can run in between. Events go
 * out only after their rows are written.
 */
export class Writer {
  readonly store: RoomStore;
  readonly effects: RuleEffects;
  /** The effects to run after the current commit; undefined outside of one. */
  #after: (() => void)[] | undefined;
  /** What the commits of the open batch publish and run, in their order; undefined outside of one. */
  #batch: (() => void)[] | undefined;

  constructor(store: RoomStore, effects: RuleEffects) {
    this.store = store;
    this.effects = effects;
  }

  /** Runs `work` in one transaction, or as part of the open batch. If it throws, nothing is written or published. */
  commit<T>(work: (publish: Publish) => T): T {
    const batch = this.#batch;
    if (!batch) return this.batch(() => this.commit(work));
    const events: DurableEvent[] = [];
    const after: (() => void)[] = [];
    this.#after = after;
    try {
      const value = work((event) => events.push(event));
      batch.push(() => {
        for (const event of events) this.effects.publish(event);
        for (const effect of after) effect();
      });
      return value;
    } finally {
      this.#after = undefined;
    }
  }

  /**
   * Runs `work` with all of its commits in one transaction. They publish in their order once that is written. If `work`
   * throws, none of them is written or published.
   */
  batch<T>(work: () => T): T {
    const batch: (() => void)[] = [];
    this.#batch = batch;
    let value: T;
    try {
      value = this.store.transaction(work);
    } finally {
      this.#batch = undefined;
    }
    for (const publish of batch) publish();
    return value;
  }

  /**
   * Runs `effect` after the current commit has published its events, never if it is rolled back; after the open batch if no
   * commit is current, and at once outside of both.
   */
  afterCommit(effect: () => void): void {
    const waiting = this.#after ?? this.#batch;
    if (waiting) waiting.push(effect);
    else effect();
  }

  /** Writes a message under the next rev. A reply stamps its root with the same rev. */
  insert(toInsert: MessageToInsert, publish: Publish): Message {
    const rev = this.store.nextRev();
    const { messages } = this.store;
    const { root } = toInsert;
    const message = messages.insert({
      ...toInsert,
      seq: rev,
      createdAt: this.effects.clock(),
      alsoToGroup: root !== undefined && toInsert.alsoToGroup === true,
    });
    const parent = root && messages.threads.add(root, message);
    publish({ type: 'message', rev, message, ...(parent && { parent }) });
    return message;
  }

  /** Writes a system line about a user. */
  insertSystemLine(
    userId: string,
    system: SystemLine & { kind: SystemKind },
    publish: Publish,
  ): void {
    this.insert({ id: this.effects.newId(), userId, content: '', system }, publish);
  }
}
