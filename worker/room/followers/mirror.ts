import type { Agenda } from '../../agenda.ts';
import type { Clock } from '../../clock.ts';
import { eraseSome } from '../../directory/erase.ts';
import { eraseFileRows } from '../../directory/files.ts';
import {
  type MirrorBatch,
  type MirroredMessage,
  mirrorChanges,
  mirroredUpTo,
} from '../../directory/mirror.ts';
import type { PackedReaction } from '../../directory/schema.ts';
import { within } from '../../within.ts';
import type { ReactionRow } from '../rows/message-rows.ts';
import type { MirrorPart, RoomStore } from '../rows/room-store.ts';

/** How long changes are collected before they go to D1: a busy minute is then a few dozen writes. */
const COLLECT_MS = 1_000;
/** Follows, preferences and files change one at a time, and losing a few seconds of them does little harm. */
const COLLECT_UNSTAMPED_MS = 10_000;
/** The delay after a failure: 1 s, doubling to a minute. */
const RETRY_FIRST_MS = 1_000;
const RETRY_MOST_MS = 60_000;
/** The most batches and time of one run. It then yields to the next alarm, because leases end under it, too. */
const BATCHES_A_RUN = 20;
const RUN_MS = 15_000;
/**
 * Between two batches: the sockets get their turn. Where D1 shares the Room's thread, nothing else is read while one batch
 * follows another (measured: 300 ms of silence once a second, at 4,500 messages a second).
 */
const YIELD_MS = 5;
const BATCH_ROWS = 500;
const BATCH_BYTES = 500_000;
/** The packs of cursors of one batch, each of up to 40 KB. */
const CURSOR_PACKS = 10;
/** Files that go with a batch of messages: the name and description of one may take 5 KB. */
const BATCH_FILES = 100;
/** A reply stamps itself and its root. No change stamps more rows. */
const MOST_ROWS_OF_A_CHANGE = 2;
/** How long the answer to a change of members or of the group waits for D1. The change stands even if D1 is late. */
const WAIT_MS = 3_000;
/** A hanging D1 must not block the one alarm, under which leases end, too. Rows that it writes late are older, and ignored. */
const D1_ANSWERS_WITHIN_MS = 15_000;

/** Writes that D1 has not answered in time may still arrive: rows of a deleted group are looked for once more after this. */
const LATE_WRITES_MS = 60_000;

/** The tasks of the mirror in the Room's agenda. */
type MirrorTask = 'mirror' | 'settle' | 'erase';
type MirrorAgenda = Pick<Agenda<MirrorTask>, 'schedule' | 'reschedule'>;

/** What the mirror needs from the Room around it. */
export interface MirrorEffects {
  agenda: MirrorAgenda;
  clock: Clock;
  /** D1 has written this many rows. */
  written: (rows: number) => void;
}

const PARTS = ['directory', 'messages'] as const satisfies MirrorPart[];

/** The follower that keeps the mirror in D1: writes every change in order, at least once and idempotently. */
export class Mirror {
  readonly #store: RoomStore;
  readonly #database: D1Database;
  readonly #agenda: MirrorAgenda;
  readonly #clock: Clock;
  readonly #written: MirrorEffects['written'];
  /** Failures in a row, by task: a task that works must not wait for one that fails. */
  readonly #failures = { mirror: 0, settle: 0, erase: 0 };

  constructor(store: RoomStore, database: D1Database, effects: MirrorEffects) {
    this.#store = store;
    this.#database = database;
    this.#agenda = effects.agenda;
    this.#clock = effects.clock;
    this.#written = effects.written;
  }

  /** Schedules a run for a change of rows with a rev. Call it in the same turn as the change. */
  changed(): void {
    // While D1 is unavailable the next attempt is scheduled already, with a growing delay.
    if (this.#failures.mirror > 0) return;
    this.#agenda.schedule('mirror', this.#clock() + COLLECT_MS);
  }

  /** Schedules a run for a follow, preference or file that changed without a rev, with less haste. */
  moved(): void {
    if (this.#failures.mirror > 0) return;
    this.#agenda.schedule('mirror', this.#clock() + COLLECT_UNSTAMPED_MS);
  }

  /** Writes what D1 lacks but the cursors, as much as one run may. */
  async run(): Promise<void> {
    await this.#attempt('mirror', async () => {
      await this.#writeDirectory();
      const written = await this.#writeMessages();
      const counter = this.#store.counter();
      const isDone = written && PARTS.every((part) => this.#store.mirrored(part) === counter);
      return isDone ? undefined : this.#soon();
    });
  }

  /** Writes the cursors that D1 lacks. `again` is when the Room wants to settle next, ms UTC; undefined if it does not. */
  async runCursors(again: number | undefined): Promise<void> {
    await this.#attempt('settle', async () => {
      const { cursors } = this.#store;
      const cursorPacks = cursors.dirty(CURSOR_PACKS);
      if (cursorPacks.length === 0) return again;
      await this.#write({ cursorPacks });
      cursors.setMirrored(cursorPacks);
      return cursors.dirty(1).length > 0 ? this.#soon() : again;
    });
  }

  /** Schedules the erasure of a deleted group's rows in D1. */
  deleted(): void {
    this.#agenda.schedule('erase', this.#clock());
  }

  /** Erases rows of a deleted group in D1, as many as one run may. */
  async runErase(): Promise<void> {
    await this.#attempt('erase', async () => {
      // The mark comes first: without it, D1 would list the group, and a Room without its storage would load it again.
      await this.#writeDirectory();
      // Of a group that was deleted long ago this writes nothing, but finds out if D1 lists it again.
      await this.#write({ members: [] });
      const { groupId } = this.#store;
      const isEmpty = await within(D1_ANSWERS_WITHIN_MS, eraseSome(this.#database, groupId));
      if (!isEmpty) return this.#soon();
      const lookAgainAt = (this.#store.deletedAt() ?? 0) + LATE_WRITES_MS;
      return this.#clock() < lookAgainAt ? lookAgainAt : undefined;
    });
  }

  /** Erases the rows of files whose bytes are erased. Throws if D1 does not answer. */
  async eraseFiles(ids: string[]): Promise<void> {
    const erased = eraseFileRows(this.#database, this.#store.groupId, ids);
    await within(D1_ANSWERS_WITHIN_MS, erased);
  }

  #soon(): number {
    return this.#clock() + COLLECT_MS;
  }

  /** Runs `work`, which returns when to run again or undefined if it is done. Also schedules the next run if it throws. */
  async #attempt(task: MirrorTask, work: () => Promise<number | undefined>): Promise<void> {
    try {
      const again = await work();
      this.#failures[task] = 0;
      this.#agenda.reschedule(task, again);
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
   * Waits at most 3 s until D1 has the group and its members, so that a list read from D1 right afterwards is correct. If D1
   * is unavailable the alarm goes on trying.
   */
  async directoryWritten(): Promise<void> {
    // A failure needs no handling here: the run that `changed` scheduled tries again and logs it.
    await within(WAIT_MS, this.#writeDirectory()).catch(() => undefined);
  }

  async #writeDirectory(): Promise<void> {
    while (this.#store.mirrored('directory') < this.#store.counter()) {
      const counter = this.#store.counter();
      const since = this.#store.mirrored('directory');
      const members = this.#store.members.changed(since, BATCH_ROWS);
      const last = members.length === BATCH_ROWS ? members.at(-1)?.rev : undefined;
      // After changes of messages only there is nothing to write here: the group's counts go with the messages.
      if (members.length > 0 || this.#store.group().rev > since) {
        await this.#write({ members });
        this.#store.setMirrored('directory', last ?? counter);
      } else this.#store.sawMirrored('directory', counter);
    }
  }

  /** Returns whether D1 has all messages, follows, preferences and files. */
  async #writeMessages(): Promise<boolean> {
    const until = this.#clock() + RUN_MS;
    for (let batch = 0; batch < BATCHES_A_RUN && this.#clock() < until; batch += 1) {
      const unstamped = unstampedRows(this.#store);
      if (unstamped.files.length === BATCH_FILES) {
        await this.#writeUnstamped(unstamped);
        continue;
      }
      const counter = this.#store.counter();
      const since = this.#store.mirrored('messages');
      const isEmpty = Object.values(unstamped).every((rows) => rows.length === 0);
      if (since === counter && isEmpty) return true;
      const { messages, upTo } = wholeRevs(this.#changedMessages(since), counter);
      // Together, so that D1 has no message without its files.
      await this.#writeUnstamped(unstamped, messages);
      if (upTo > since) this.#store.setMirrored('messages', upTo);
      await new Promise((resolve) => setTimeout(resolve, YIELD_MS));
    }
    return false;
  }

  async #writeUnstamped(dirty: Unstamped, messages: MirroredMessage[] = []): Promise<void> {
    const { follows, preferences, files } = this.#store;
    await this.#write({ ...dirty, messages });
    follows.setMirrored(dirty.follows);
    preferences.setMirrored(dirty.preferences);
    files.setMirrored(dirty.files);
  }

  #changedMessages(since: number): MirroredMessage[] {
    return this.#store.messages
      .changedRows(since, BATCH_ROWS)
      .map(({ row, reactions }) => ({ ...row, reactions: reactions.map(packed) }));
  }

  /** Throws if D1 does not answer, or was set back: then the next run writes what it lacks. */
  async #write(batch: MirrorBatch): Promise<void> {
    const store = this.#store;
    const group = {
      ...store.group(),
      counter: store.counter(),
      deletedAt: store.deletedAt(),
    };
    // Every batch of messages wrote a counter that is as high as its revs.
    const writing = mirrorChanges(this.#database, group, batch, store.mirrored('messages'));
    const { isSetBack, rows } = await within(D1_ANSWERS_WITHIN_MS, writing);
    this.#written(rows);
    if (!isSetBack) return;
    await this.#startOver();
    throw new Error('D1 was set back to an earlier time. What it lacks is written again.');
  }

  /** Goes back to what D1 has. An admin restored it to a time at which it had less than this Room has written since. */
  async #startOver(): Promise<void> {
    const { groupId } = this.#store;
    const has = await within(D1_ANSWERS_WITHIN_MS, mirroredUpTo(this.#database, groupId));
    this.#store.setMirroredBack(has);
    this.changed();
    this.#agenda.schedule('settle', this.#soon());
  }
}

type Unstamped = ReturnType<typeof unstampedRows>;

/** The rows without a rev that D1 lacks, as they are now. Those that change meanwhile come with the next batch. */
function unstampedRows({ follows, preferences, files }: RoomStore) {
  return {
    follows: follows.dirty(BATCH_ROWS),
    preferences: preferences.dirty(BATCH_ROWS),
    files: files.dirty(BATCH_FILES),
  };
}

/** A reaction without column names: thousands of reactions to one message must fit into one value. */
function packed({ emoji, user_id, first_rev, rev }: ReactionRow): PackedReaction {
  return [emoji, user_id, first_rev, rev];
}

/**
 * The first of these rows, by rev, that fit into a batch, and the rev up to which they are complete. A change may stamp
 * several rows: if the cut is between them, all of them go into the next batch.
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

/** How many rows fit into the bytes of a batch. Always at least the rows of one change. */
function countFitting(rows: MirroredMessage[]): number {
  let bytes = 0;
  const encoder = new TextEncoder();
  const end = rows.findIndex((row, index) => {
    bytes += encoder.encode(JSON.stringify(row)).length;
    return index >= MOST_ROWS_OF_A_CHANGE && bytes > BATCH_BYTES;
  });
  return end === -1 ? rows.length : end;
}
