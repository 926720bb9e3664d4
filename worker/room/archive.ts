import type { Message } from '../../protocol/models.ts';
import type { Clock } from '../clock.ts';
import { type ArchivedGroup, archiveChanges } from '../directory/archive.ts';
import type { Agenda } from './agenda.ts';
import type { RoomStore } from './room-store.ts';

/** How long changes are collected before they go to D1, so that a busy minute is a few dozen writes. */
const COLLECT_MS = 1_000;
/** After a failure: 1 s, doubling to a minute. */
const RETRY_FIRST_MS = 1_000;
const RETRY_MOST_MS = 60_000;
/** One run writes at most so many batches and then yields to the next alarm: a follower's work is bounded. */
const BATCHES_A_RUN = 20;
const BATCH_ROWS = 500;
const BATCH_BYTES = 500_000;
/** How long the answer to a change of members or of the group waits for D1. The Room has decided all the same. */
const WAIT_MS = 3_000;

/** The follower that keeps D1 a full second copy: in order, at least once, idempotently, until D1 has it. */
export class Archive {
  readonly #store: RoomStore;
  readonly #database: D1Database;
  readonly #agenda: Agenda;
  readonly #clock: Clock;
  #failures = 0;

  constructor(store: RoomStore, database: D1Database, agenda: Agenda, clock: Clock) {
    this.#store = store;
    this.#database = database;
    this.#agenda = agenda;
    this.#clock = clock;
  }

  /** Puts the next run on the agenda. In the same turn as the change that it is for. */
  changed(): void {
    this.#agenda.schedule('archive', this.#clock() + COLLECT_MS);
  }

  /** The alarm's run: everything that D1 lacks, as far as one run goes. */
  async run(): Promise<void> {
    try {
      await this.#writeDirectory();
      const done = await this.#writeMessages();
      this.#failures = 0;
      const isBehind = !done || this.#store.archived('directory') < this.#store.counter();
      this.#agenda.reschedule('archive', isBehind ? this.#clock() : undefined);
    } catch (error) {
      const waitMs = Math.min(RETRY_FIRST_MS * 2 ** this.#failures, RETRY_MOST_MS);
      this.#failures += 1;
      console.warn(
        JSON.stringify({
          event: 'archive_failed',
          groupId: this.#store.groupId,
          failures: this.#failures,
          error: String(error),
        }),
      );
      this.#agenda.reschedule('archive', this.#clock() + waitMs);
    }
  }

  /**
   * Waits until D1 has the group and its members, at most 3 s, so that a list read from D1 right after is right.
   * If D1 is away the alarm goes on trying.
   */
  async directoryWritten(): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tooLong = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, WAIT_MS);
    });
    // Nothing to do about a failure here: the run that `changed` put on the agenda tries again and reports.
    await Promise.race([this.#writeDirectory().catch(() => undefined), tooLong]);
    if (timer !== undefined) clearTimeout(timer);
  }

  async #writeDirectory(): Promise<void> {
    while (this.#store.archived('directory') < this.#store.counter()) {
      const counter = this.#store.counter();
      const since = this.#store.archived('directory');
      const members = this.#store.changedMembers(since, BATCH_ROWS);
      const last = members.length === BATCH_ROWS ? members.at(-1)?.rev : undefined;
      const group = this.#group();
      // A run of messages alone has nothing to write here: the group's counts go with the messages.
      if (members.length > 0 || group.rev > since) {
        await archiveChanges(this.#database, group, { members, messages: [] });
      }
      this.#store.setArchived('directory', last ?? counter);
    }
  }

  /** Whether all messages that there are now have been written. */
  async #writeMessages(): Promise<boolean> {
    for (let batch = 0; batch < BATCHES_A_RUN; batch += 1) {
      const counter = this.#store.counter();
      const since = this.#store.archived('messages');
      if (since === counter) return true;
      const rows = this.#store.changedMessages(since, BATCH_ROWS);
      const messages = fitting(rows);
      const isLast = messages.length < BATCH_ROWS && messages.length === rows.length;
      await archiveChanges(this.#database, this.#group(), { members: [], messages });
      this.#store.setArchived('messages', isLast ? counter : (messages.at(-1)?.rev ?? counter));
    }
    return false;
  }

  #group(): ArchivedGroup {
    return { ...this.#store.group(), counter: this.#store.counter() };
  }
}

/** The first of these messages, up to the bytes of a batch; at least one. */
function fitting(messages: Message[]): Message[] {
  let bytes = 0;
  const encoder = new TextEncoder();
  const end = messages.findIndex((message, index) => {
    bytes += encoder.encode(JSON.stringify(message)).length;
    return index > 0 && bytes > BATCH_BYTES;
  });
  return end === -1 ? messages : messages.slice(0, end);
}
