import { ArrowDown } from 'lucide-react';

/** Leads back to the newest message; says how many came meanwhile. */
export function NewestButton({ count, onClick }: { count: number; onClick: () => void }) {
  const label =
    count === 0 ? 'Jump to newest' : `${count} new ${count === 1 ? 'message' : 'messages'}`;
  return (
    <button
      aria-label={count === 0 ? label : `${label}, jump to newest`}
      className="flex min-h-8 animate-enter items-center gap-1.5 rounded-pill bg-accent px-3.5 text-secondary font-medium text-on-accent shadow-overlay hover:bg-accent-hover"
      onClick={onClick}
      type="button"
    >
      <ArrowDown aria-hidden="true" size={14} />
      {count === 0 ? label : `${count} new`}
    </button>
  );
}
