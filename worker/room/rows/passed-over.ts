/**
 * How the timeline is read without an index of its own, which would be a row for every message: a row that its readers pass
 * over says where they go on. Replies are passed over by everyone, and system lines by those who look for what people wrote. A
 * message is of the same kind for ever, so the place never changes.
 */
export interface Kind {
  /** Whether the row `r` of `messages` is of this kind. */
  is: string;
  /** The column of all other rows: the seq of the newest message of this kind before it, 0 without one; null: not known. */
  before: 'timeline_before' | 'written_before';
}

/** The messages of the timeline. */
export const SHOWN: Kind = {
  is: '(r.parent_seq IS NULL OR r.also_to_group = 1)',
  before: 'timeline_before',
};

/** The messages of the timeline that people wrote. */
export const WRITTEN: Kind = {
  is: `(${SHOWN.is} AND r.system IS NULL)`,
  before: 'written_before',
};

/** The seq of the newest message of a kind before `seq`, an SQL expression; 0 without one. */
export function newestBefore({ is, before }: Kind, seq: string): string {
  return `ifnull((SELECT iif(${is}, r.seq, r.${before}) FROM messages r
    WHERE r.seq < ${seq} AND (${is} OR r.${before} IS NOT NULL) ORDER BY r.seq DESC LIMIT 1), 0)`;
}

/**
 * Fills both columns in every 64th row where they belong, for messages that were not sent here one after the other. A reader then
 * passes over at most 64 rows before one says where to go on. A migration runs this statement, so it must stay as it is.
 */
export const FILL_PASSED_OVER = `
  UPDATE messages SET timeline_before = found.shown_before, written_before = found.written_before
  FROM (
    SELECT seq, nth, is_written, iif(is_shown, NULL, ifnull(max(iif(is_shown, seq, NULL)) OVER earlier, 0)) AS shown_before,
      ifnull(max(iif(is_written, seq, NULL)) OVER earlier, 0) AS written_before
    FROM (
      SELECT seq, row_number() OVER (ORDER BY seq) AS nth, parent_seq IS NULL OR also_to_group = 1 AS is_shown,
        (parent_seq IS NULL OR also_to_group = 1) AND system IS NULL AS is_written
      FROM messages)
    WINDOW earlier AS (ORDER BY seq ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
  ) AS found
  WHERE found.seq = messages.seq AND found.nth % 64 = 0 AND NOT found.is_written;
`;
