import type { Message, SystemKind, SystemLine } from '../../../protocol/models.ts';
import type { DurableEvent } from '../../../protocol/server-events.ts';
import type { Clock } from '../../clock.ts';
import type { NewMessage } from '../rows/message-store.ts';
import type { RoomStore } from '../rows/room-store.ts';

/** What the rules need from outside. */
export interface RuleEffects {
  clock: Clock;
  /** A new UUIDv7. */
  newId: () => string;
  /** Sends an event to everyone connected. Called once the change is written. */
  publish: (event: DurableEvent) => void;
  /** Who has the group open right now: whom `@here` means. */
  online: () => Iterable<string>;
}

/** Notes an event of the change that is being written. */
export type Publish = (event: DurableEvent) => void;

/** What a new message says, before it has a place in the order. */
export interface Draft extends Omit<NewMessage, 'seq' | 'createdAt' | 'root' | 'alsoToGroup'> {
  root?: Message | undefined;
  alsoToGroup?: boolean | undefined;
}

/**
 * Writes changes: rows, revs and events in one synchronous turn, so that nothing can come between them. What is published
 * goes out only once it is written.
 */
export class Writer {
  readonly store: RoomStore;
  readonly effects: RuleEffects;
  /** What is to be done once the change that is being written is told; undefined while none is. */
  #after: (() => void)[] | undefined;

  constructor(store: RoomStore, effects: RuleEffects) {
    this.store = store;
    this.effects = effects;
  }

  /** Runs `work` in one transaction; if it throws, nothing is written and nothing is told. */
  commit<T>(work: (publish: Publish) => T): T {
    const events: DurableEvent[] = [];
    const after: (() => void)[] = [];
    this.#after = after;
    try {
      const value = this.store.transaction(() => work((event) => events.push(event)));
      for (const event of events) this.effects.publish(event);
      for (const effect of after) effect();
      return value;
    } finally {
      this.#after = undefined;
    }
  }

  /** Does something when the change that is being written is told, and not at all if it is taken back; else right now. */
  afterwards(effect: () => void): void {
    if (this.#after) this.#after.push(effect);
    else effect();
  }

  /** Writes a message under the next rev; a reply stamps its root with the same. */
  insert(draft: Draft, publish: Publish): Message {
    const rev = this.store.nextRev();
    const { messages } = this.store;
    const { root } = draft;
    const message = messages.insert({
      ...draft,
      seq: rev,
      createdAt: this.effects.clock(),
      alsoToGroup: root !== undefined && draft.alsoToGroup === true,
    });
    const parent = root && messages.addReply(root, message);
    publish({ type: 'message', rev, message, ...(parent && { parent }) });
    return message;
  }

  /** Writes a line of the Room's own. */
  say(userId: string, system: SystemLine & { kind: SystemKind }, publish: Publish): void {
    this.insert({ id: this.effects.newId(), userId, content: '', system }, publish);
  }
}
