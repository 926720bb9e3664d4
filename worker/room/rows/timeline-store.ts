import { PREVIEW_CHARACTERS } from '../../../protocol/limits.ts';
import type { FileReference } from '../../../protocol/models.ts';
import { numberIn, type ObjectSql } from '../../sql.ts';
import { filesIn, type StoredMessage, userIdsIn } from './message-rows.ts';
import { type Kind, newestBefore, SHOWN, WRITTEN } from './passed-over.ts';

/** How many of the newest messages an unread count or the line of a list looks at: most were neither deleted nor one's own. */
const LOOKED_AT = 2_000;
/** How many rows beyond those wanted one statement reads, before single steps go on. */
const MARGIN = 50;
/** How many rows an unread count reads at once. */
const RUN = 250;
/** Whether a message mentions the user `?4`. */
const MENTIONS_ME = `(mentions_all = 1 OR EXISTS (SELECT 1 FROM json_each(mentions) WHERE value = ?4)
  OR EXISTS (SELECT 1 FROM json_each(mentioned_here) WHERE value = ?4))`;

/** How many messages are unread, and how many of them mention the user. */
interface Unread {
  unread: number;
  mentions: number;
}

/** The newest `most` rows between two seqs. */
interface Span {
  seq: number;
  before: number;
  most: number;
}

/** The message that a list shows of its group: the beginning of its content, and everyone whom all of it mentions. */
export interface ShownMessage {
  userId: string;
  content: string;
  at: number;
  seq: number;
  mentions: string[];
  attachments: FileReference[];
}

/**
 * The timeline among the messages of one group. However many replies and system lines stand between its messages, finding the
 * next older one reads one row, and the next newer one a few (`passed-over.ts`).
 */
export class TimelineStore {
  readonly #sql: ObjectSql;

  constructor(sql: ObjectSql) {
    this.#sql = sql;
  }

  /** The seqs of the last `limit` messages of the timeline before `seq`, the newest first. */
  seqsBefore(seq: number, limit: number): number[] {
    return this.#sql
      .exec<{ seq: number }>(
        `${newest(SHOWN)} SELECT seq FROM newest WHERE seq > ?2`,
        seq,
        0,
        limit,
      )
      .toArray()
      .map((row) => row.seq);
  }

  /** The seqs of the first `limit` messages of the timeline after `seq`, the oldest first. */
  seqsAfter(seq: number, limit: number): number[] {
    const rows = this.#sql
      .exec<{ seq: number; is_shown: number }>(
        `SELECT r.seq, ${SHOWN.is} AS is_shown FROM messages r WHERE r.seq > ? ORDER BY r.seq LIMIT ?`,
        seq,
        limit + MARGIN,
      )
      .toArray();
    const found = rows.filter((row) => row.is_shown === 1).map((row) => row.seq);
    let last = rows.length < limit + MARGIN ? undefined : rows.at(-1)?.seq;
    while (last !== undefined && found.length < limit) {
      last = this.#firstAfter(last);
      if (last !== undefined) found.push(last);
    }
    return found.slice(0, limit);
  }

  /**
   * Counts other users' undeleted messages in the timeline after `seq`, and those among them that mention this user: by name,
   * by an `@here` sent while they were online, or by `@all`. Counts the newest ones up to `limit`, and looks at the newest
   * 2,000 only; system lines do not count.
   */
  countUnread(userId: string, seq: number, limit: number): Unread {
    const count = { unread: 0, mentions: 0 };
    let before = Number.MAX_SAFE_INTEGER;
    let looked = 0;
    // Row after row as long as people talk in the timeline: that takes a third of the time.
    for (let isDense = true; isDense; ) {
      const most = Math.min(RUN, limit - count.unread, LOOKED_AT - looked);
      // Not a few at a time: all of them may be the user's own.
      if (most < MARGIN) break;
      const run = this.#countRun(userId, { seq, before, most });
      add(count, run);
      if (run.rows < most) return count;
      before = run.oldest;
      looked += run.written;
      isDense = run.written * 3 >= run.rows;
    }
    const most = LOOKED_AT - looked;
    if (most === 0) return count;
    add(count, this.#countWritten(userId, { seq, before, most, limit: limit - count.unread }));
    return count;
  }

  /** The newest message that people see: no system line, and not deleted. Looks at the newest 2,000 only. */
  newestShown(): ShownMessage | undefined {
    const [row] = this.#sql
      .exec<
        Pick<
          StoredMessage,
          'user_id' | 'content' | 'created_at' | 'seq' | 'mentions' | 'attachments'
        >
      >(
        `${newest(WRITTEN)}
         SELECT m.user_id, substr(m.content, 1, ${PREVIEW_CHARACTERS}) AS content, m.created_at, m.seq, m.mentions,
           m.attachments
         FROM newest CROSS JOIN messages m ON m.seq = newest.seq
         WHERE newest.seq > ?2 AND m.deleted_at IS NULL LIMIT 1`,
        Number.MAX_SAFE_INTEGER,
        0,
        LOOKED_AT,
      )
      .toArray();
    if (!row) return undefined;
    const { user_id: userId, content, created_at: at, seq } = row;
    const [mentions, attachments] = [userIdsIn(row.mentions), filesIn(row.attachments)];
    return { userId, content, at, seq, mentions, attachments };
  }

  /** Counts among the newest `most` rows between `seq` and `before`, whatever they are. */
  #countRun(
    userId: string,
    { seq, before, most }: Span,
  ): Unread & { rows: number; written: number; oldest: number } {
    const [run] = this.#sql
      .exec<{ unread: number; mentions: number; rows: number; written: number; oldest: number }>(
        `SELECT count(*) AS rows, ifnull(min(seq), 0) AS oldest, ifnull(sum(is_written), 0) AS written,
           ifnull(sum(is_unread), 0) AS unread, ifnull(sum(is_unread AND ${MENTIONS_ME}), 0) AS mentions
         FROM (SELECT r.seq, r.mentions, r.mentioned_here, r.mentions_all, ${WRITTEN.is} AS is_written,
             ${WRITTEN.is} AND r.user_id <> ?4 AND r.deleted_at IS NULL AS is_unread
           FROM messages r WHERE r.seq < ?1 AND r.seq > ?2 ORDER BY r.seq DESC LIMIT ?3)`,
        before,
        seq,
        most,
        userId,
      )
      .toArray();
    return run ?? { unread: 0, mentions: 0, rows: 0, written: 0, oldest: 0 };
  }

  /** Counts up to `limit` among the newest `most` messages between `seq` and `before` that people wrote. */
  #countWritten(userId: string, { seq, before, most, limit }: Span & { limit: number }): Unread {
    const [count] = this.#sql
      .exec<{ unread: number; mentions: number }>(
        `${newest(WRITTEN)}
         SELECT count(*) AS unread, ifnull(sum(${MENTIONS_ME}), 0) AS mentions
         FROM (SELECT r.mentions, r.mentioned_here, r.mentions_all
           FROM newest CROSS JOIN messages r ON r.seq = newest.seq
           WHERE newest.seq > ?2 AND r.user_id <> ?4 AND r.deleted_at IS NULL LIMIT ?5)`,
        before,
        seq,
        most,
        userId,
        limit,
      )
      .toArray();
    return count ?? { unread: 0, mentions: 0 };
  }

  /** What a new row that readers pass over says: it is the newest, and every row before it is there. */
  placesIn(row: StoredMessage): Partial<Record<Kind['before'], number>> {
    const isReply = row.parent_seq !== null && row.also_to_group === 0;
    if (!isReply && row.system === null) return {};
    const [places] = this.#sql
      .exec<{ shown: number; written: number }>(
        `SELECT ${newestBefore(SHOWN, '?1')} AS shown, ${newestBefore(WRITTEN, '?1')} AS written`,
        row.seq,
      )
      .toArray();
    return places
      ? { ...(isReply && { timeline_before: places.shown }), written_before: places.written }
      : {};
  }

  /**
   * The first message of the timeline after `seq`. Looks ever further ahead until there is one in between, and then halves the
   * distance: what stands before a place takes one row to find, what stands behind it does not.
   */
  #firstAfter(seq: number): number | undefined {
    const end = this.#newestUntil(Number.MAX_SAFE_INTEGER - 1);
    if (end <= seq) return undefined;
    let none = seq;
    let some = end;
    for (let ahead = 1; seq + ahead < end; ahead *= 2) {
      const found = this.#newestUntil(seq + ahead);
      if (found > seq) {
        some = found;
        break;
      }
      none = seq + ahead;
    }
    while (some - none > 1) {
      const middle = none + Math.floor((some - none) / 2);
      const found = this.#newestUntil(middle);
      if (found > seq) some = found;
      else none = middle;
    }
    return some;
  }

  /** The seq of the newest message of the timeline up to `seq`; 0 without one. */
  #newestUntil(seq: number): number {
    return numberIn(this.#sql, `SELECT ${newestBefore(SHOWN, '?1')} AS n`, seq + 1);
  }
}

/** `newest`: the seqs of up to `?3` messages of a kind before `?1`, the newest first; it ends with the first up to `?2`. */
function newest(kind: Kind): string {
  return `WITH RECURSIVE newest (seq, nth) AS (
    SELECT ${newestBefore(kind, '?1')}, 1
    UNION ALL SELECT ${newestBefore(kind, 'newest.seq')}, nth + 1 FROM newest WHERE seq > ?2 AND nth < ?3)`;
}

function add(count: Unread, { unread, mentions }: Unread): void {
  count.unread += unread;
  count.mentions += mentions;
}
