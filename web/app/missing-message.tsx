import { X } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '../ui/controls/icon-button.tsx';

/** Says that the message of a link does not exist, until the user dismisses it. Loads late: few links are broken. */
export function MissingMessage() {
  const [isDismissed, setDismissed] = useState(false);
  if (isDismissed) return null;
  return (
    <div
      className="flex items-center gap-3 bg-warning-tint py-1 pe-2 ps-(--row-gutter) text-secondary text-warning"
      role="status"
    >
      <p className="flex-1">This message was deleted, or is not in this group.</p>
      <IconButton label="Dismiss" onClick={() => setDismissed(true)}>
        <X aria-hidden="true" size={16} />
      </IconButton>
    </div>
  );
}
