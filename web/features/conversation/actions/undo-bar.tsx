/** Offers to undo the last deletion while that is possible. Loads late: few visits delete a message. */
export function UndoBar({ onUndo }: { onUndo: () => void }) {
  return (
    <div
      className="flex min-h-9 animate-enter items-center gap-1 rounded-pill bg-overlay py-0.5 ps-4 pe-1.5 select-none text-secondary whitespace-nowrap text-default shadow-overlay"
      role="status"
    >
      Message deleted
      <span aria-hidden="true">·</span>
      <button
        className="min-h-7 rounded-pill px-2 font-medium text-accent-text hover:bg-hover"
        onClick={onUndo}
        type="button"
      >
        Undo
      </button>
    </div>
  );
}
