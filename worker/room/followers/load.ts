import { type Failure, fail } from '../../../protocol/errors.ts';
import { restoringDetail } from '../../../protocol/restoring.ts';
import type { Clock } from '../../clock.ts';
import {
  countMirroredMessages,
  findMirroredGroup,
  type MirroredGroup,
} from '../../directory/mirror.ts';
import type { ObjectSql } from '../../sql.ts';
import { within } from '../../within.ts';
import { LOAD_STEPS, type LoadPosition, LoadStore } from '../rows/load-store.ts';
import type { GroupRow } from '../rows/room-rows.ts';
import { RoomStore } from '../rows/room-store.ts';
import { migrate } from '../rows/schema.ts';
import { LOAD_BEGINNING, READ_PAGE } from './load-steps.ts';

/**
 * How far the counter of a loaded Room starts above D1's. Changes that were not mirrored are lost with the storage, but
 * clients may have seen their revs, so those must never be used twice.
 */
const AHEAD = 1_000_000;
/** The most pages and time of one run. A request or alarm may ask other services only 50 times on the free plan. */
const PAGES_A_RUN = 30;
const RUN_MS = 10_000;
/** A hanging D1 must not block the one alarm. */
const D1_ANSWERS_WITHIN_MS = 15_000;
/** The delay after a failure: 1 s, doubling to a minute. */
const RETRY_FIRST_MS = 1_000;
const RETRY_MOST_MS = 60_000;
/** Clients ask again after this time up to three times as long, so that they do not all come at once. */
const ASK_AGAIN_MS = 3_000;

/** What a load needs from the Room around it. */
export interface LoadEffects {
  clock: Clock;
  /** 0 to 1. */
  random(): number;
  setAlarm(at: number): void;
}

/**
 * A group on its way from D1 into an empty storage, however large it is: pages are read in runs under the Room's alarm, and
 * the position is stored with each page, so that neither a failure nor an eviction begins again. Until the last page is
 * written nobody may write. The newest messages come first: once they are here, they can be read.
 */
export class Load {
  /** Incomplete, but for the group's own row, which is written first. */
  readonly store: RoomStore;
  readonly #sql: ObjectSql;
  readonly #database: D1Database;
  readonly #effects: LoadEffects;
  readonly #positions: LoadStore;

  constructor(sql: ObjectSql, database: D1Database, groupId: string, effects: LoadEffects) {
    this.store = new RoomStore(sql, groupId);
    this.#sql = sql;
    this.#database = database;
    this.#effects = effects;
    this.#positions = new LoadStore(sql);
  }

  /**
   * Begins: chooses the counter, which stays as `epoch` does, and writes the group's own row. Returns false if D1 has no such
   * group or it was deleted, and throws if D1 cannot be read.
   */
  async begin(epoch: string): Promise<boolean> {
    const { groupId } = this.store;
    const found = findMirroredGroup(this.#database, groupId);
    const group = await within(D1_ANSWERS_WITHIN_MS, found);
    if (!group || group.deletedAt !== undefined) return false;
    const counted = countMirroredMessages(this.#database, groupId);
    const { count, lastSeq } = await within(D1_ANSWERS_WITHIN_MS, counted);
    migrate(this.#sql);
    this.store.transaction(() => {
      this.#positions.clear();
      this.store.createGroup(loadedRow(group, Math.max(group.counter, lastSeq) + AHEAD, epoch));
      this.#positions.put({
        step: LOAD_STEPS[0],
        after: LOAD_BEGINNING,
        messages: count,
        loaded: 0,
        failures: 0,
        dueAt: this.#effects.clock(),
      });
    });
    return true;
  }

  /** Whether this storage holds a part of a group. Its tables must exist. */
  isUnfinished(): boolean {
    return this.#positions.position() !== undefined;
  }

  /** Sets the alarm of the next run again: the platform drops one whose handler has failed too often. */
  rearm(): void {
    this.#effects.setAlarm(Math.max(this.#position().dueAt, this.#effects.clock()));
  }

  /** Reads as many pages as a run may. Returns whether everything is here; if not, the alarm of the next run is set. */
  async run(): Promise<boolean> {
    const { clock } = this.#effects;
    const until = clock() + RUN_MS;
    let failures = 0;
    let waitMs = 0;
    try {
      for (let page = 0; page < PAGES_A_RUN && (page === 0 || clock() < until); page += 1) {
        if (await this.#readPage()) return true;
      }
    } catch (error) {
      const { groupId } = this.store;
      failures = this.#position().failures + 1;
      waitMs = Math.min(RETRY_FIRST_MS * 2 ** (failures - 1), RETRY_MOST_MS);
      console.warn(
        JSON.stringify({ event: 'load_failed', groupId, failures, error: String(error) }),
      );
    }
    this.#positions.put({ ...this.#position(), failures, dueAt: clock() + waitMs });
    this.rearm();
    return false;
  }

  /** Whether the newest messages are here, with everyone whom they name. */
  hasNewest(): boolean {
    return this.#position().loaded > 0;
  }

  /** Whether all messages are here. */
  hasAllMessages(): boolean {
    return LOAD_STEPS.indexOf(this.#position().step) > LOAD_STEPS.indexOf('messages');
  }

  /** Why everything but reading the newest messages fails: with how much is here, and when to ask again. */
  failure(): { ok: false; failure: Failure } {
    const { messages, loaded } = this.#position();
    // The last rows follow the last message.
    const percent = Math.min(Math.floor((100 * loaded) / Math.max(messages, 1)), 99);
    const retryAfterMs = Math.round(ASK_AGAIN_MS * (1 + 2 * this.#effects.random()));
    return fail('unavailable', restoringDetail(percent), { retryAfterMs });
  }

  /** Reads and writes the next page. Returns whether it was the last one. */
  async #readPage(): Promise<boolean> {
    const position = this.#position();
    const { step } = position;
    const reading = READ_PAGE[step](this.#database, this.store, position.after);
    const page = await within(D1_ANSWERS_WITHIN_MS, reading);
    const next = page ? step : LOAD_STEPS[LOAD_STEPS.indexOf(step) + 1];
    this.store.transaction(() => {
      page?.write();
      if (next === undefined) {
        this.store.recountMembers();
        this.store.messages.restored();
        this.store.files.setUnlistedUnsent();
        this.store.dropLostPicture();
        this.#positions.end();
        return;
      }
      const loaded = position.loaded + (page && step === 'messages' ? page.rows : 0);
      const after = page?.after ?? LOAD_BEGINNING;
      this.#positions.put({ ...position, step: next, after, loaded, failures: 0 });
    });
    return next === undefined;
  }

  #position(): LoadPosition {
    const position = this.#positions.position();
    if (!position) throw new Error('this Room loads no group');
    return position;
  }
}

/** The group's own row. D1 has everything up to the counter that it names. */
function loadedRow(group: MirroredGroup, counter: number, epoch: string): GroupRow {
  return {
    kind: group.kind,
    name: group.name,
    topic: group.topic,
    visibility: group.visibility,
    created_by: group.createdBy,
    created_at: group.createdAt,
    archived_at: group.archivedAt ?? null,
    deleted_at: null,
    image_id: group.imageId ?? null,
    rev: group.rev,
    member_count: group.memberCount,
    counter,
    epoch,
    mirrored_directory_rev: group.counter,
    mirrored_messages_rev: group.counter,
  };
}
