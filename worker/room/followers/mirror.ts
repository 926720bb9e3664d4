import type { Clock } from '../../clock.ts';
import { type MirrorBatch, type MirroredMessage, mirrorChanges } from '../../directory/mirror.ts';
import { within } from '../../within.ts';
import type { MirrorCursor, RoomStore } from '../rows/room-store.ts';
import type { Agenda } from './agenda.ts';

/** How long changes are collected before they go to D1, so that a busy minute is a few dozen writes. */
const COLLECT_MS = 1_000;
/** Cursors move with every look at the group; a lost minute of them would be read again. */
const COLLECT_CURSORS_MS = 10_000;
/** After a failure: 1 s, doubling to a minute. */
const RETRY_FIRST_MS = 1_000;
const RETRY_MOST_MS = 60_000;
/** One run writes so many batches, and for so long, at most, and then yields to the next alarm: leases wait for it too. */
const BATCHES_A_RUN = 20;
const RUN_MS = 15_000;
const BATCH_ROWS = 500;
const BATCH_BYTES = 500_000;
/** A reply stamps itself and its root; nothing stamps more. */
const MOST_ROWS_OF_A_CHANGE = 2;
/** How long the answer to a change of members or of the group waits for D1. The Room has decided all the same. */
const WAIT_MS = 3_000;
/** A D1 that hangs must not hold up the one alarm, under which leases end too. What it writes late is older, and ignored. */
const D1_ANSWERS_WITHIN_MS = 15_000;

const CURSORS = ['directory', 'messages'] as const satisfies MirrorCursor[];

/** The follower that keeps D1 a full second copy: in order, at least once, idempotently, until D1 has it. */
export class Mirror {
  readonly #store: RoomStore;
  readonly #database: D1Database;
  readonly #agenda: Agenda;
  readonly #clock: Clock;
  /** In a row, of each kind of run: one that works must not wait for one that does not. */
  readonly #failures = { mirror: 0, cursors: 0 };

  constructor(store: RoomStore, database: D1Database, agenda: Agenda, clock: Clock) {
    this.#store = store;
    this.#database = database;
    this.#agenda = agenda;
    this.#clock = clock;
  }

  /** Puts the next run on the agenda. In the same turn as the change that it is for. */
  changed(): void {
    // While D1 is away the next attempt is on the agenda already, further off each time.
    if (this.#failures.mirror > 0) return;
    this.#agenda.schedule('mirror', this.#clock() + COLLECT_MS);
  }

  /** The same for what only one person sees: it is worth less haste. */
  moved(): void {
    if (this.#failures.cursors > 0) return;
    this.#agenda.schedule('cursors', this.#clock() + COLLECT_CURSORS_MS);
  }

  /** The alarm's run: everything that has a rev and that D1 lacks, as far as one run goes. */
  async run(): Promise<void> {
    await this.#attempt('mirror', async () => {
      await this.#writeDirectory();
      const written = await this.#writeMessages();
      const counter = this.#store.counter();
      return written && CURSORS.every((cursor) => this.#store.mirrored(cursor) === counter);
    });
  }

  /** The same for what has no rev. */
  async runCursors(): Promise<void> {
    await this.#attempt('cursors', () => this.#writeCursors());
  }

  /** Runs `work`, which says whether it is done for now, and puts the next run on the agenda if it is not. */
  async #attempt(task: 'mirror' | 'cursors', work: () => Promise<boolean>): Promise<void> {
    try {
      const isDone = await work();
      this.#failures[task] = 0;
      this.#agenda.reschedule(task, isDone ? undefined : this.#clock() + COLLECT_MS);
    } catch (error) {
      const waitMs = Math.min(RETRY_FIRST_MS * 2 ** this.#failures[task], RETRY_MOST_MS);
      this.#failures[task] += 1;
      console.warn(
        JSON.stringify({
          event: 'mirror_failed',
          task,
          groupId: this.#store.groupId,
          failures: this.#failures[task],
          error: String(error),
        }),
      );
      this.#agenda.reschedule(task, this.#clock() + waitMs);
    }
  }

  /**
   * Waits until D1 has the group and its members, at most 3 s, so that a list read from D1 right after is right.
   * If D1 is away the alarm goes on trying.
   */
  async directoryWritten(): Promise<void> {
    // Nothing to do about a failure here: the run that `changed` put on the agenda tries again and reports.
    await within(WAIT_MS, this.#writeDirectory()).catch(() => undefined);
  }

  async #writeDirectory(): Promise<void> {
    while (this.#store.mirrored('directory') < this.#store.counter()) {
      const counter = this.#store.counter();
      const since = this.#store.mirrored('directory');
      const members = this.#store.members.changed(since, BATCH_ROWS);
      const last = members.length === BATCH_ROWS ? members.at(-1)?.rev : undefined;
      // A run of messages alone has nothing to write here: the group's counts go with the messages.
      if (members.length > 0 || this.#store.group().rev > since) {
        await this.#write({ members });
      }
      this.#store.setMirrored('directory', last ?? counter);
    }
  }

  /** Whether all messages that there are now have been written. */
  async #writeMessages(): Promise<boolean> {
    const until = this.#clock() + RUN_MS;
    for (let batch = 0; batch < BATCHES_A_RUN && this.#clock() < until; batch += 1) {
      const counter = this.#store.counter();
      const since = this.#store.mirrored('messages');
      if (since === counter) return true;
      const { messages, upTo } = wholeRevs(this.#changedMessages(since), counter);
      await this.#write({ messages });
      this.#store.setMirrored('messages', upTo);
    }
    return false;
  }

  /** What has no rev: written as it is now; what moves meanwhile is written again. Whether all of it has been. */
  async #writeCursors(): Promise<boolean> {
    const dirty = this.#store.cursors.dirty(BATCH_ROWS);
    if (dirty.cursors.length + dirty.follows.length === 0) return true;
    await this.#write(dirty);
    this.#store.cursors.confirm(dirty);
    const left = this.#store.cursors.dirty(1);
    return left.cursors.length + left.follows.length === 0;
  }

  #changedMessages(since: number): MirroredMessage[] {
    return this.#store.messages
      .changedRows(since, BATCH_ROWS)
      .map(({ row: { parent_id: _, ...row }, reactions }) => ({ ...row, reactions }));
  }

  #write(batch: MirrorBatch): Promise<void> {
    const group = { ...this.#store.group(), counter: this.#store.counter() };
    return within(D1_ANSWERS_WITHIN_MS, mirrorChanges(this.#database, group, batch));
  }
}

/**
 * As many of these rows, by rev, as a batch holds, and the rev up to which they are complete. A change may stamp several
 * rows: a batch that was cut off inside of one leaves all of its rows to the next.
 */
function wholeRevs(
  rows: MirroredMessage[],
  counter: number,
): { messages: MirroredMessage[]; upTo: number } {
  const taken = rows.slice(0, countFitting(rows));
  const next = rows[taken.length]?.rev;
  if (next === undefined && rows.length < BATCH_ROWS) return { messages: taken, upTo: counter };
  const lastRev = taken.at(-1)?.rev ?? counter;
  const isCut = next === undefined || next === lastRev;
  const messages = isCut ? taken.filter((row) => row.rev < lastRev) : taken;
  return { messages, upTo: messages.at(-1)?.rev ?? lastRev };
}

/** How many rows fit into the bytes of a batch; always enough for one change. */
function countFitting(rows: MirroredMessage[]): number {
  let bytes = 0;
  const encoder = new TextEncoder();
  const end = rows.findIndex((row, index) => {
    bytes += encoder.encode(JSON.stringify(row)).length;
    return index >= MOST_ROWS_OF_A_CHANGE && bytes > BATCH_BYTES;
  });
  return end === -1 ? rows.length : end;
}
