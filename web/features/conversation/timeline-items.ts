import type { Message, User } from '../../../protocol/models.ts';
import type { TimelineRow } from '../../realtime/room-view.ts';
import { dayKey } from '../../ui/moment.ts';

/** Messages of one author within this of each other share a header (behaviour: "Grouping"). */
export const GROUPED_WITHIN_MS = 5 * 60_000;

/** One line of the list. `day` is set on the first of a calendar day: its moment, ms UTC. */
export type TimelineItem =
  | { type: 'start'; key: 'start' }
  | { type: 'message'; key: string; row: TimelineRow; hasHeader: boolean; day: number | undefined }
  | {
      type: 'system';
      key: string;
      message: Message;
      author: User | undefined;
      day: number | undefined;
    };

/**
 * What the list shows for these rows: the group's beginning once everything above is loaded, days, and who shares a
 * header with whom. `me` is whose the rows without an author id are.
 */
export function timelineItems(
  rows: readonly TimelineRow[],
  { hasBefore, me }: { hasBefore: boolean; me: string },
): TimelineItem[] {
  const items: TimelineItem[] = hasBefore ? [] : [{ type: 'start', key: 'start' }];
  let last: { at: number; userId: string | undefined } | undefined;
  for (const row of rows) {
    const at = writtenAt(row);
    const isNewDay = last === undefined ? !hasBefore : dayKey(last.at) !== dayKey(at);
    const day = isNewDay ? at : undefined;
    if (row.state === 'sent' && row.message.system) {
      items.push({ type: 'system', key: row.key, message: row.message, author: row.author, day });
      last = { at, userId: undefined };
      continue;
    }
    const userId = row.state === 'sent' ? row.message.userId : me;
    const isSameRun = last?.userId === userId && Math.abs(at - last.at) < GROUPED_WITHIN_MS;
    items.push({ type: 'message', key: row.key, row, hasHeader: isNewDay || !isSameRun, day });
    last = { at, userId };
  }
  return items;
}

/** When a row was written, ms UTC: by the server's clock once it is sent. */
export function writtenAt(row: TimelineRow): number {
  return row.state === 'sent' ? row.message.createdAt : row.createdAt;
}
