import { reloadToNewest } from '../../ui/reload-to-newest.ts';

/** Offers a reload: the server has a newer protocol, or a newer page is installed. Loads late: most visits never see it. */
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
