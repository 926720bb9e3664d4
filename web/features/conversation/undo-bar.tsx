import type { TimelineRow } from '../../realtime/room-view.ts';
import { undoDeletion } from './deletions.ts';

/** Offers to take back the last deletion among these rows, as long as that is possible. */
export function UndoBar({
  deletions,
  rows,
}: {
  deletions: readonly string[];
  rows: readonly TimelineRow[];
}) {
  const last = deletions.findLast((id) => rows.some(({ key }) => key === id));
  if (last === undefined) return null;
  return (
    <div
      className="flex min-h-9 animate-enter items-center gap-1 rounded-pill bg-overlay py-0.5 pr-1.5 pl-4 text-secondary whitespace-nowrap text-default shadow-overlay"
      role="status"
    >
      Message deleted
      <span aria-hidden="true">·</span>
      <button
        className="min-h-7 rounded-pill px-2 font-medium text-accent-text hover:bg-hover"
        onClick={() => undoDeletion(last)}
        type="button"
      >
        Undo
      </button>
    </div>
  );
}
