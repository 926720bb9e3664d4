import type { Result } from '../../protocol/errors.ts';
import type { Clock } from '../clock.ts';
import { OBJECTS_AT_ONCE } from '../in-chunks.ts';
import { within } from '../within.ts';
import type { Notice, NoticeStore, StoredNotice } from './rows/notice-store.ts';

const ANSWER_WITHIN_MS = 5_000;
/** The pause before Rooms that did not answer, or a directory that did not, are asked again. */
const RETRY_MS = 5_000;
/** Then a notice is given up: a Room that is loaded from D1 later has the new profile, and no old token is valid. */
const GIVEN_UP_MS = 24 * 60 * 60_000;

/** What notices need from the Inbox around them. */
export interface NoticeEffects {
  clock: Clock;
  /** Up to `limit` of the user's groups that the notice concerns after `after`, in the order of ids. */
  groupIds(after: string, limit: number, notice: Notice): Promise<string[]>;
  tell(groupId: string, notice: Notice): Promise<Result<null>>;
}

/**
 * Tells all Rooms of a user what concerns them: a new profile, an ended session, a deleted account. It happens in pieces, each under an alarm,
 * so that a user in a thousand groups costs no request a thousand calls, and a failure loses nothing.
 */
export class Notices {
  readonly #store: NoticeStore;
  readonly #effects: NoticeEffects;

  constructor(store: NoticeStore, effects: NoticeEffects) {
    this.#store = store;
    this.#effects = effects;
  }

  add(notice: Notice): void {
    this.#store.add(notice, this.#effects.clock());
  }

  /** Tells the next Rooms of the notice that is due first. Returns when to run again, ms UTC; undefined if nothing is left. */
  async run(): Promise<number | undefined> {
    const { clock } = this.#effects;
    const notice = this.#store.next();
    if (!notice || notice.dueAt > clock()) return notice?.dueAt;
    if (clock() > notice.createdAt + GIVEN_UP_MS) this.#store.remove(notice.id);
    else await this.#goOn(notice);
    return this.#store.next()?.dueAt;
  }

  async #goOn(notice: StoredNotice): Promise<void> {
    const later = this.#effects.clock() + RETRY_MS;
    try {
      const { after } = notice;
      const groupIds = this.#effects.groupIds(after, OBJECTS_AT_ONCE, notice.notice);
      const next = await within(ANSWER_WITHIN_MS, groupIds);
      const last = next.at(-1);
      const asked = last === undefined ? notice.missed.slice(0, OBJECTS_AT_ONCE) : next;
      const rest = last === undefined ? notice.missed.slice(OBJECTS_AT_ONCE) : notice.missed;
      const missed = [...rest, ...(await this.#tell(asked, notice.notice))];
      if (last !== undefined) this.#store.put({ ...notice, after: last, missed });
      else if (missed.length > 0) this.#store.put({ ...notice, dueAt: later, missed });
      else this.#store.remove(notice.id);
    } catch (error) {
      console.warn(JSON.stringify({ event: 'notice_failed', error: String(error) }));
      this.#store.put({ ...notice, dueAt: later });
    }
  }

  /** Returns the groups whose Rooms did not answer. */
  async #tell(groupIds: readonly string[], notice: Notice): Promise<string[]> {
    const told = await Promise.allSettled(
      groupIds.map((id) => within(ANSWER_WITHIN_MS, this.#effects.tell(id, notice))),
    );
    return groupIds.filter((_, at) => {
      const outcome = told[at];
      if (outcome?.status !== 'fulfilled') return true;
      return !outcome.value.ok && outcome.value.failure.code === 'unavailable';
    });
  }
}
