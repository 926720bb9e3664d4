import type { ClientFrame } from '../../../protocol/client-frames.ts';
import type { Result } from '../../../protocol/errors.ts';
import type { Message, Reaction } from '../../../protocol/models.ts';
import type { ErrorEvent, ThreadStateEvent } from '../../../protocol/server-events.ts';
import type { Clock } from '../clock.ts';
import type { ReceivedEvent } from '../connection/parse-frame.ts';
import { isCut } from '../message.ts';
import { Outbox, type OutboxParts } from '../outbox/outbox.ts';
import { shows } from '../outbox/settles.ts';
import type { OutboxStore } from '../outbox/store.ts';
import { GroupReplica } from '../replica/group-replica.ts';
import type { RowEvent } from '../replica/message-window.ts';
import { MyReactions } from './my-reactions.ts';

/** A question to the server is repeated after this time without an answer (architecture.md, rule 5). */
const SYNC_AGAIN_MS = 5_000;

/** What syncing needs from its surroundings. */
export interface GroupSyncParts {
  userId: string;
  groupId: string;
  store: OutboxStore;
  clock: Clock;
  /** Sends a frame over the connection, or drops it. */
  send(frame: ClientFrame): void;
  /** Fetches a message over REST. */
  fetchMessage(id: string): Promise<Result<Message>>;
  /** Fetches everyone who reacted to a message. */
  fetchReactions(id: string): Promise<Result<{ items: Reaction[] }>>;
  /** Called with every change of rows when it is applied. */
  applied(event: RowEvent): void;
  /** Called with the group's state, after the events before it and before those after it. */
  adopted(state: ThreadStateEvent): void;
  /** The outbox has changed, or the replica after a timeout. */
  changed(): void;
  /** An answer takes unusually long: the connection may be dead. */
  answerLate(): void;
  /** Uploads the files of a message that is not sent. */
  upload: OutboxParts['upload'];
}

/**
 * Keeps a replica and an outbox in sync over a connection: received events go into the replica and acknowledge entries.
 */
export class GroupSync {
  readonly outbox: Outbox;
  readonly myReactions: MyReactions;
  readonly #parts: GroupSyncParts;
  #replica: GroupReplica;
  #isLive = false;
  #cancelSync: (() => void) | undefined;
  #cancelThread: (() => void) | undefined;
  /** Messages whose reactions are being fetched. */
  readonly #asking = new Map<string, Promise<void>>();

  constructor(parts: GroupSyncParts) {
    this.#parts = parts;
    this.myReactions = new MyReactions(parts.userId);
    this.#replica = this.#newReplica();
    this.outbox = new Outbox({
      ...parts,
      transmit: parts.send,
      isShown: (change) => {
        const row = this.#replica.row(change.messageId);
        return row !== undefined && shows(this.myReactions.withMine(row), change);
      },
      check: (messageId) => void this.#check(messageId),
    });
  }

  /** The group as far as it is known. */
  get replica(): GroupReplica {
    return this.#replica;
  }

  /** Applies the events of one frame, and asks for changes that they show to be missing. */
  receive(events: readonly ReceivedEvent[]): void {
    for (const event of events) {
      this.#replica.apply(event);
      if (event.type === 'error') this.#refuse(event);
      if (event.type === 'thread_state' && event.parentId === null) {
        this.myReactions.forget();
        this.#parts.adopted(event);
        this.connected();
      }
    }
    if (this.#replica.hasGap) this.#askForMissing();
  }

  /** The connection is live and the replica at the Room's rev: sends (again) all that is not acknowledged. */
  connected(): void {
    this.#isLive = true;
    this.#answered();
    this.outbox.connected();
    this.#askForThread();
  }

  /** The connection is lost. The next one begins with the group's state. */
  disconnect(): void {
    this.#isLive = false;
    this.#answered();
    this.#replica.disconnect();
    this.outbox.disconnected();
  }

  /**
   * Whether I reacted with this emoji. Fetches all reactions where the message does not list them; false if that fails.
   */
  async hasReacted(messageId: string, emoji: string): Promise<boolean> {
    if (!this.myReactions.knows(messageId)) {
      const asking = this.#asking.get(messageId) ?? this.#askReactions(messageId);
      this.#asking.set(messageId, asking);
      await asking;
    }
    return this.myReactions.has(messageId, emoji);
  }

  /** Opens a thread and loads it. */
  openThread(parentId: string): void {
    this.#replica.openThread(parentId);
    this.#askForThread();
  }

  closeThread(): void {
    this.#replica.closeThread();
    this.#cancelThread?.();
  }

  /** Asks for the group's current state, although no change is known to be missing. */
  askForState(): void {
    if (this.#isLive) this.#parts.send({ type: 'thread_sync', ...this.#replica.position });
  }

  /** Drops the replica and deletes what this machine stores of the group, which the user has lost. */
  async forget(): Promise<void> {
    this.disconnect();
    this.#replica = this.#newReplica();
    await this.outbox.forget();
  }

  /** Ends its timers. */
  close(): void {
    this.#answered();
    this.#replica.disconnect();
    this.outbox.close();
  }

  #newReplica(): GroupReplica {
    const { clock, changed } = this.#parts;
    return new GroupReplica({
      clock,
      changed,
      applied: (event) => {
        this.outbox.settle(event);
        this.myReactions.applied(event);
        this.#parts.applied(event);
      },
    });
  }

  #refuse(error: ErrorEvent): void {
    this.outbox.refuse(error);
    const { thread } = this.#replica;
    if (thread && error.ref === refOf(thread.parentId) && error.code === 'not_found') {
      thread.isMissing = true;
    }
  }

  /** Fetches a message after a change of it that was not acknowledged: a change that changes nothing has no event. */
  async #check(messageId: string): Promise<void> {
    const found = await this.#parts.fetchMessage(messageId);
    if (found.ok) {
      this.#replica.merge(found.value);
      if (found.value.reactions?.some(isCut)) await this.#checkReactions(found.value);
    } else if (found.failure.code === 'not_found') this.outbox.gone(messageId);
    this.#parts.changed();
  }

  async #askReactions(messageId: string): Promise<void> {
    this.myReactions.ask(messageId);
    const all = await this.#parts.fetchReactions(messageId);
    this.#asking.delete(messageId);
    this.myReactions.answer(messageId, all.ok ? all.value.items : undefined);
    this.#parts.changed();
  }

  /** Fetches all reactions of a message that lists only the latest: the change may be about an older one. */
  async #checkReactions(message: Message): Promise<void> {
    const all = await this.#parts.fetchReactions(message.id);
    if (all.ok)
      this.outbox.settle({ type: 'row', message: { ...message, reactions: all.value.items } });
  }

  /** Asks once for the missing changes, and again if no answer comes. */
  #askForMissing(): void {
    if (this.#cancelSync) return;
    this.#cancelSync = this.#parts.clock.after(SYNC_AGAIN_MS, () => {
      this.#cancelSync = undefined;
      if (this.#replica.hasGap) this.#askForMissing();
    });
    this.#parts.send({ type: 'thread_sync', ...this.#replica.position });
  }

  #askForThread(): void {
    this.#cancelThread?.();
    const { thread, position: holds } = this.#replica;
    if (!this.#isLive || !thread || thread.isLoaded || thread.isMissing) return;
    const { parentId } = thread;
    this.#cancelThread = this.#parts.clock.after(SYNC_AGAIN_MS, () => this.#askForThread());
    this.#parts.send({ type: 'thread_sync', ref: refOf(parentId), parentId, holds });
  }

  #answered(): void {
    this.#cancelSync?.();
    this.#cancelSync = undefined;
    this.#cancelThread?.();
  }
}

/** The `ref` of a question for a thread, which an `error` about it repeats. */
function refOf(parentId: string): string {
  return `thread ${parentId}`;
}
