import { Plus } from 'lucide-react';

/** The title of a part of the list of groups, with a button that adds to it. */
export function SectionTitle({
  title,
  action,
  onAction,
}: {
  title: string;
  /** What the button does: "Create a group". */
  action: string;
  onAction: () => void;
}) {
  return (
    <div className="flex items-center justify-between px-2 pb-1">
      <h2 className="text-meta font-semibold text-muted">{title}</h2>
      <button
        aria-label={action}
        className="grid size-7 place-items-center rounded-small text-muted hover:bg-hover hover:text-strong"
        onClick={onAction}
        title={action}
        type="button"
      >
        <Plus aria-hidden="true" size={16} />
      </button>
    </div>
  );
}
