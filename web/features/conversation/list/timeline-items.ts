import type { Message, User } from '../../../../protocol/models.ts';
import type { TimelineRow } from '../../../realtime/group-view.ts';
import { dayKey } from '../../../ui/words/moment.ts';

/** Messages of one author within this of each other share a header. */
const GROUPED_WITHIN_MS = 5 * 60_000;

/** The separators above a message: the day that begins with it (its time, ms UTC), and the "New" divider. */
interface Above {
  day: number | undefined;
  isFirstNew: boolean;
}

/** The key of the item above the very first message. */
export const START_KEY = 'start';

/** One item of the list. */
export type TimelineItem =
  | { type: 'start'; key: typeof START_KEY }
  | ({ type: 'message'; key: string; row: TimelineRow; hasHeader: boolean } & Above)
  | ({ type: 'system'; key: string; message: Message; author: User | undefined } & Above);

/** The other inputs of the items. */
export interface ItemsOptions {
  /** Whether the list shows an item above the very first message. */
  hasStart: boolean;
  hasBefore: boolean;
  /** My user id, the author of rows without an author id. */
  me: string;
  /** The "New" divider stands above the first message of others with a higher `seq`. */
  newAfter?: number | undefined;
}

/**
 * The items of these rows: the start of the group once everything older is loaded, the days, the "New" divider, and which
 * messages share a header.
 */
export function timelineItems(
  rows: readonly TimelineRow[],
  { hasStart, hasBefore, me, newAfter }: ItemsOptions,
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

/** When a message was written, ms UTC; by the server's clock once it is sent. */
export function writtenAt(row: TimelineRow): number {
  return row.state === 'sent' ? row.message.createdAt : row.createdAt;
}

/** The first new message; undefined without one, or if it may be older than the loaded messages. */
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
