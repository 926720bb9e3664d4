import { MessagesSquare } from 'lucide-react';
import { UnreadBadge } from '../features/threads/unread-badge.tsx';
import type { GroupView } from '../realtime/group-view.ts';
import { IconButton } from '../ui/controls/icon-button.tsx';

/** Opens the list of threads, and shows how many of them have unread replies. */
export function ThreadsButton({
  groupId,
  view,
  isOpen,
  onClick,
}: {
  groupId: string;
  view: GroupView;
  isOpen: boolean;
  onClick: () => void;
}) {
  return (
    <span className="relative">
      <IconButton aria-expanded={isOpen} label="Threads" onClick={onClick}>
        <MessagesSquare aria-hidden="true" size={18} />
      </IconButton>
      <UnreadBadge groupId={groupId} view={view} />
    </span>
  );
}
