import { reloadToNewest } from '../../ui/reload-to-newest.ts';

/** The server knows something this page does not know yet, or a newer page was fetched: both need a reload, when it suits. */
export function NewVersionBar() {
  return (
    <div
      className="flex min-h-9 items-center gap-2 bg-accent-tint px-(--row-gutter) text-secondary text-strong"
      role="status"
    >
      <p className="flex-1">There is a new version of Edgewise.</p>
      <button
        className="min-h-7 rounded-small px-2 font-semibold text-accent-text hover:underline"
        onClick={() => void reloadToNewest()}
        type="button"
      >
        Reload
      </button>
    </div>
  );
}
