import type { TimelineRow } from '../../../realtime/group-view.ts';
import { dayKey } from '../../../ui/words/moment.ts';
import { type SystemLines, systemLines } from './system-lines.ts';

/** Messages of one author within this of each other share a header. */
const GROUPED_WITHIN_MS = 5 * 60_000;

/** The separators above a message: the day that begins with it (its time, ms UTC), and the "New" divider. */
interface Above {
  day: number | undefined;
  isFirstNew: boolean;
}

const NOTHING: Above = { day: undefined, isFirstNew: false };

/** The key of the item above the very first message. */
export const START_KEY = 'start';

/** One item of the list. */
export type TimelineItem =
  | { type: 'start'; key: typeof START_KEY }
  | ({ type: 'message'; key: string; row: TimelineRow; hasHeader: boolean } & Above)
  | ({ type: 'system' } & SystemLines & Above);

/** The other inputs of the items. */
export interface ItemsOptions {
  /** Whether the list shows an item above the very first message. */
  hasStart: boolean;
  hasBefore: boolean;
  /** My user id, the author of rows without an author id. */
  me: string;
  /** The "New" divider stands above the first message of others with a higher `seq`. */
  newAfter?: number | undefined;
  /** The id of the message that the list scrolls to, if any. */
  targetId?: string | undefined;
}

/**
 * The items of these rows: the start of the group once everything older is loaded, the days, the "New" divider, which
 * messages share a header, and which system messages share a line. The oldest loaded message is left out while the one above
 * it is not loaded: its header and its day depend on that, and a row must not change its height before the user's eyes. Only
 * a message that stands alone, or that the list scrolls to, does not wait.
 */
export function timelineItems(rows: readonly TimelineRow[], options: ItemsOptions): TimelineItem[] {
  const { hasBefore, targetId } = options;
  const items = allItems(rows, options);
  const waits = hasBefore && rows[0]?.state === 'sent' && items[0]?.key !== targetId;
  return waits && items.length > 1 ? items.slice(1) : items;
}

function allItems(
  rows: readonly TimelineRow[],
  { hasStart, hasBefore, me, newAfter }: ItemsOptions,
): TimelineItem[] {
  const items: TimelineItem[] = hasStart && !hasBefore ? [{ type: 'start', key: START_KEY }] : [];
  const firstNew = newAfter === undefined ? undefined : firstNewKey(rows, hasBefore, me, newAfter);
  let last: { at: number; userId: string | undefined } | undefined;
  // The system messages since the last message or separator, which is above the first of them.
  let system: { rows: (TimelineRow & { state: 'sent' })[]; above: Above } | undefined;
  const endSystem = (): void => {
    for (const [index, line] of systemLines(system?.rows ?? []).entries()) {
      items.push({ type: 'system', ...line, ...(index === 0 && system ? system.above : NOTHING) });
    }
    system = undefined;
  };
  for (const row of rows) {
    const at = writtenAt(row);
    const isNewDay = last === undefined ? !hasBefore : dayKey(last.at) !== dayKey(at);
    const isFirstNew = row.key === firstNew;
    const above = { day: isNewDay ? at : undefined, isFirstNew };
    if (row.state === 'sent' && row.message.system && row.message.deletedAt === undefined) {
      if (isNewDay || isFirstNew) endSystem();
      system ??= { rows: [], above };
      system.rows.push(row);
      last = { at, userId: undefined };
      continue;
    }
    endSystem();
    const userId = row.state === 'sent' ? row.message.userId : me;
    const isSameRun = last?.userId === userId && Math.abs(at - last.at) < GROUPED_WITHIN_MS;
    const hasHeader = isNewDay || isFirstNew || !isSameRun;
    items.push({ type: 'message', key: row.key, row, hasHeader, ...above });
    last = { at, userId };
  }
  endSystem();
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
