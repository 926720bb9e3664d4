import type { ClientFrame } from '../../../protocol/client-frames.ts';
import type { Result } from '../../../protocol/errors.ts';
import type { Message, Reaction } from '../../../protocol/models.ts';
import type { ErrorEvent, ThreadStateEvent } from '../../../protocol/server-events.ts';
import type { Clock } from '../clock.ts';
import type { ReceivedEvent } from '../connection/parse-frame.ts';
import { isCut } from '../message.ts';
import { Outbox } from '../outbox/outbox.ts';
import { shows } from '../outbox/settles.ts';
import type { OutboxStore } from '../outbox/store.ts';
import { GroupReplica } from '../replica/group-replica.ts';
import type { RowEvent } from '../replica/row-event.ts';
import { MyReactions } from './my-reactions.ts';

/** Without an answer for so long, what is missing is asked for again (architecture.md, rule 5). */
const SYNC_AGAIN_MS = 5_000;

/** What a follower needs from its surroundings. */
export interface GroupSyncParts {
  userId: string;
  groupId: string;
  store: OutboxStore;
  clock: Clock;
  /** Puts a frame on the connection; what cannot be sent may be dropped. */
  send(frame: ClientFrame): void;
  /** How a message stands on the server. */
  fetchMessage(id: string): Promise<Result<Message>>;
  /** Everyone who reacted to a message. */
  fetchReactions(id: string): Promise<Result<{ items: Reaction[] }>>;
  /** Told of every change of rows when it is applied. */
  applied(event: RowEvent): void;
  /** Told of the group's state, between what came before it and what comes after. */
  adopted(state: ThreadStateEvent): void;
  /** The outbox has changed, or the replica by itself. */
  changed(): void;
  /** An answer takes unusually long: the connection may be dead. */
  answerLate(): void;
}

/** Follows a group over whatever carries its events: what is received goes into the replica and settles the outbox. */
export class GroupSync {
  readonly outbox: Outbox;
  readonly myReactions: MyReactions;
  readonly #parts: GroupSyncParts;
  #replica: GroupReplica;
  #isLive = false;
  #cancelSync: (() => void) | undefined;
  #cancelThread: (() => void) | undefined;
  /** The messages of which it is being asked who reacted. */
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

  /** Takes the events of one frame, and asks for what they show to be missing. */
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

  /** The connection is live and the replica at the present: what is not acknowledged goes out (again). */
  connected(): void {
    this.#isLive = true;
    this.#answered();
    this.outbox.connected();
    this.#askForThread();
  }

  /** The connection is gone; the next one begins with the group's state. */
  disconnect(): void {
    this.#isLive = false;
    this.#answered();
    this.#replica.disconnect();
    this.outbox.disconnected();
  }

  /** Whether I reacted so, which the message may not say; asks for it if need be, and takes it for no if it cannot. */
  async hasReacted(messageId: string, emoji: string): Promise<boolean> {
    if (!this.myReactions.knows(messageId)) {
      const asking = this.#asking.get(messageId) ?? this.#askReactions(messageId);
      this.#asking.set(messageId, asking);
      await asking;
    }
    return this.myReactions.has(messageId, emoji);
  }

  /** Opens a thread and follows it. */
  openThread(parentId: string): void {
    this.#replica.openThread(parentId);
    this.#askForThread();
  }

  closeThread(): void {
    this.#replica.closeThread();
    this.#cancelThread?.();
  }

  /** Asks for the group's state as it is now, though no change of it is known to be missing. */
  askForState(): void {
    if (this.#isLive) this.#parts.send({ type: 'thread_sync', ...this.#replica.position });
  }

  /** Drops all that is known of the group, and what this machine keeps of it: it is not this person's any more. */
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

  /** How a message stands that a change should have changed: that the change is done already has no event. */
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

  /** What the message does not say of its reactions may be what the change is about. */
  async #checkReactions(message: Message): Promise<void> {
    const all = await this.#parts.fetchReactions(message.id);
    if (all.ok)
      this.outbox.settle({ type: 'row', message: { ...message, reactions: all.value.items } });
  }

  /** One question at a time; asked again if the answer does not come. */
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
    const { thread } = this.#replica;
    if (!this.#isLive || !thread || thread.isLoaded || thread.isMissing) return;
    const { parentId } = thread;
    this.#cancelThread = this.#parts.clock.after(SYNC_AGAIN_MS, () => this.#askForThread());
    this.#parts.send({ type: 'thread_sync', ref: refOf(parentId), parentId });
  }

  #answered(): void {
    this.#cancelSync?.();
    this.#cancelSync = undefined;
    this.#cancelThread?.();
  }
}

/** An `error` about the thread's state repeats this. */
function refOf(parentId: string): string {
  return `thread ${parentId}`;
}
