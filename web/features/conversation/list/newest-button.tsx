import { ArrowDown } from 'lucide-react';

/** Scrolls to the newest message, and shows how many are new. Loads late: only a reader of older messages needs it. */
export function NewestButton({ count, onClick }: { count: number; onClick: () => void }) {
  const label =
    count === 0 ? 'Jump to newest' : `${count} new ${count === 1 ? 'message' : 'messages'}`;
  return (
    <button
      aria-label={count === 0 ? label : `${label}, jump to newest`}
      className="select-none flex min-h-8 animate-enter items-center gap-1.5 rounded-pill bg-accent px-3.5 text-secondary font-medium text-on-accent shadow-overlay hover:bg-accent-hover"
      onClick={onClick}
      type="button"
    >
      <ArrowDown aria-hidden="true" size={14} />
      {count === 0 ? label : `${count} new`}
    </button>
  );
}
