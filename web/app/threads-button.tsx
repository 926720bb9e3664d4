import { MessagesSquare } from 'lucide-react';
import { lazy } from 'react';
import type { RoomView } from '../realtime/room-view.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Late } from '../ui/late.tsx';

const UnreadBadge = lazy(() =>
  import('../features/threads/unread-badge.tsx').then(
    (file) => ({ default: file.UnreadBadge }),
    // A number that cannot be had is no reason to trouble anybody.
    () => ({ default: () => null }),
  ),
);

/** Opens the list of threads, and says how many of them have something unread. */
export function ThreadsButton({
  groupId,
  view,
  isOpen,
  onClick,
}: {
  groupId: string;
  view: RoomView;
  isOpen: boolean;
  onClick: () => void;
}) {
  return (
    <span className="relative">
      <IconButton aria-expanded={isOpen} label="Threads" onClick={onClick}>
        <MessagesSquare aria-hidden="true" size={18} />
      </IconButton>
      <Late>
        <UnreadBadge groupId={groupId} view={view} />
      </Late>
    </span>
  );
}
