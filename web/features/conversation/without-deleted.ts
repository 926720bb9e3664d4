import type { TimelineRow } from '../../realtime/room-view.ts';

/** The rows as they are without the messages that are about to be deleted: gone, or a tombstone above its thread. */
export function withoutDeleted(
  rows: readonly TimelineRow[],
  deletions: readonly string[],
): readonly TimelineRow[] {
  if (deletions.length === 0) return rows;
  return rows.flatMap((row) => {
    if (row.state !== 'sent' || !deletions.includes(row.key)) return [row];
    if ((row.message.replyCount ?? 0) === 0) return [];
    return [{ ...row, message: { ...row.message, content: '', deletedAt: row.message.createdAt } }];
  });
}
