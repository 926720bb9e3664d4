import type { InboxEntry } from '../../../protocol/rest.ts';
import type { DurableEvent } from '../../../protocol/server-events.ts';
import type { Clock } from '../../clock.ts';
import type { RoomStore } from '../rows/room-store.ts';

/** An entry names at most this many threads, because each one is looked up for every member. */
const KEPT = 10;
/** How long an entry names a thread. A change reaches an Inbox within seconds, if it reaches it at all. */
const KEPT_MS = 60_000;

interface ThreadEdit {
  parentId: string;
  rootSeq: number;
  rev: number;
  at: number;
}

/**
 * The threads in which a message was edited or deleted lately: nothing else of an entry changes with them, and lists of
 * threads show their text. In memory only: a page that shows a thread asks for it from time to time all the same.
 */
export class ThreadEdits {
  readonly #store: RoomStore;
  readonly #clock: Clock;
  /** The latest last, each thread once. */
  #edits: ThreadEdit[] = [];

  constructor(store: RoomStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Keeps the thread of a message that was edited or deleted. */
  note(event: DurableEvent): void {
    if (event.type !== 'message_update' && event.type !== 'message_delete') return;
    const { id, parentId } = event.type === 'message_update' ? event.message : event;
    const root = this.#store.messages.plainById(parentId ?? id);
    // A reply that was deleted may have been the only one.
    if (!root || (parentId === undefined && !root.replyCount)) return;
    const edit = { parentId: root.id, rootSeq: root.seq, rev: event.rev, at: this.#clock() };
    const others = this.#recent().filter((it) => it.parentId !== root.id);
    this.#edits = [...others, edit].slice(-KEPT);
  }

  /** Those that a user follows; undefined for none. */
  of(userId: string): InboxEntry['changedThreads'] {
    this.#edits = this.#recent();
    const followed = this.#edits
      .filter(({ rootSeq }) => this.#store.follows.find(userId, rootSeq)?.following)
      .map(({ parentId, rev }) => ({ parentId, rev }));
    return followed.length > 0 ? followed : undefined;
  }

  #recent(): ThreadEdit[] {
    const since = this.#clock() - KEPT_MS;
    return this.#edits.filter(({ at }) => at > since);
  }
}
