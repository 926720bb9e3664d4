import { MessagesSquare } from 'lucide-react';
import { lazy } from 'react';
import type { GroupView } from '../realtime/group-view.ts';
import { IconButton } from '../ui/controls/icon-button.tsx';
import { Late } from '../ui/overlays/late.tsx';

const UnreadBadge = lazy(() =>
  import('../features/threads/unread-badge.tsx').then((file) => ({ default: file.UnreadBadge })),
);

/** Opens the list of threads, and shows how many of them have unread replies. */
export function ThreadsButton({
  groupId,
  view,
  isOpen,
  isGroupShown,
  onClick,
}: {
  groupId: string;
  view: GroupView;
  isOpen: boolean;
  /** The number comes after the first frame of the group: it has to be asked for anyway. */
  isGroupShown: boolean;
  onClick: () => void;
}) {
  return (
    <span className="relative">
      <IconButton aria-expanded={isOpen} label="Threads" onClick={onClick}>
        <MessagesSquare aria-hidden="true" size={18} />
      </IconButton>
      {isGroupShown && (
        <Late>
          <UnreadBadge groupId={groupId} view={view} />
        </Late>
      )}
    </span>
  );
}
