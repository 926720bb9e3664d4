import { Plus } from 'lucide-react';
import { IconButton } from '../../ui/controls/icon-button.tsx';

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
      <IconButton className="-my-1 -me-1" label={action} onClick={onAction}>
        <Plus aria-hidden="true" size={16} />
      </IconButton>
    </div>
  );
}
