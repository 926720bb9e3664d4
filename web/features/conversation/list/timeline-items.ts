import type { Message, User } from '../../../../protocol/models.ts';
import type { TimelineRow } from '../../../realtime/group-view.ts';
import { dayKey } from '../../../ui/words/moment.ts';

/** Messages of one author within this of each other share a header (behaviour: "Grouping"). */
export const GROUPED_WITHIN_MS = 5 * 60_000;

/** What stands above a message: the day that begins with it (its moment, ms UTC), and that all from here on is new. */
interface Above {
  day: number | undefined;
  isFirstNew: boolean;
}

/** The key of the line above the first message of all. */
export const START_KEY = 'start';

/** One line of the list. */
export type TimelineItem =
  | { type: 'start'; key: typeof START_KEY }
  | ({ type: 'message'; key: string; row: TimelineRow; hasHeader: boolean } & Above)
  | ({ type: 'system'; key: string; message: Message; author: User | undefined } & Above);

/** What the items depend on besides the rows. */
export interface ItemsWish {
  /** Whether something stands above the first message of all. */
  hasStart: boolean;
  hasBefore: boolean;
  /** My user id: whose the rows without an author id are. */
  me: string;
  /** The "New" divider stands before the first message of others with a higher `seq`. */
  newAfter?: number | undefined;
}

/**
 * What the list shows for these rows: the group's beginning once everything above is loaded, days, where the new ones
 * begin, and who shares a header with whom.
 */
export function timelineItems(
  rows: readonly TimelineRow[],
  { hasStart, hasBefore, me, newAfter }: ItemsWish,
): TimelineItem[] {
  const items: TimelineItem[] = hasStart && !hasBefore ? [{ type: 'start', key: START_KEY }] : [];
  const firstNew = newAfter === undefined ? undefined : firstNewKey(rows, hasBefore, me, newAfter);
  let last: { at: number; userId: string | undefined } | undefined;
  for (const row of rows) {
    const at = writtenAt(row);
    const isNewDay = last === undefined ? !hasBefore : dayKey(last.at) !== dayKey(at);
    const isFirstNew = row.key === firstNew;
    const above = { day: isNewDay ? at : undefined, isFirstNew };
    if (row.state === 'sent' && row.message.system && row.message.deletedAt === undefined) {
      const { message, author } = row;
      items.push({ type: 'system', key: row.key, message, author, ...above });
      last = { at, userId: undefined };
      continue;
    }
    const userId = row.state === 'sent' ? row.message.userId : me;
    const isSameRun = last?.userId === userId && Math.abs(at - last.at) < GROUPED_WITHIN_MS;
    const hasHeader = isNewDay || isFirstNew || !isSameRun;
    items.push({ type: 'message', key: row.key, row, hasHeader, ...above });
    last = { at, userId };
  }
  return items;
}

/** When a row was written, ms UTC: by the server's clock once it is sent. */
export function writtenAt(row: TimelineRow): number {
  return row.state === 'sent' ? row.message.createdAt : row.createdAt;
}

/** The first new message; undefined if there is none, or if it may lie above what is loaded. */
function firstNewKey(
  rows: readonly TimelineRow[],
  hasBefore: boolean,
  me: string,
  newAfter: number,
): string | undefined {
  const first = rows.findIndex(
    (row) => row.state === 'sent' && row.message.seq > newAfter && row.message.userId !== me,
  );
  const oldest = rows[0];
  const reaches = !hasBefore || (oldest?.state === 'sent' && oldest.message.seq <= newAfter);
  return reaches ? rows[first]?.key : undefined;
}
