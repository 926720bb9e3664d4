import { DoorClosed, LogIn, RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { assertNever } from '../../protocol/assert-never.ts';
import { useGroup } from '../api/groups.ts';
import { BackToGroups } from '../features/groups/group-link.tsx';
import { JoinPage } from '../features/groups/join-page.tsx';
import type { ClosedView } from '../realtime/group-view.ts';
import { signInPath } from '../session/then-path.ts';
import { Button, buttonClasses } from '../ui/controls/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { reloadToNewest } from '../ui/reload-to-newest.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { useTitle } from './use-title.ts';

/** Says why a group cannot be shown, and what the user can do. */
export function ClosedGroup({
  groupId,
  closed,
  onJoined,
}: {
  groupId: string;
  closed: ClosedView;
  onJoined: () => void;
}) {
  return (
    <main className="flex flex-1 flex-col">
      <BackToGroups className="m-1.5" />
      {reason(groupId, closed, onJoined)}
    </main>
  );
}

function reason(groupId: string, closed: ClosedView, onJoined: () => void): ReactNode {
  switch (closed.reason) {
    case 'forbidden':
      return <NotMember groupId={groupId} onJoined={onJoined} />;
    case 'not_found':
      return <NotFound />;
    case 'signed_out':
      return (
        <SignedOut groupId={groupId}>
          Sign in again to go on. Your drafts and unsent messages are kept.
        </SignedOut>
      );
    case 'forgotten':
      return (
        <SignedOut groupId={groupId}>
          The session was ended, and your drafts and unsent messages on this device are deleted.
        </SignedOut>
      );
    case 'outdated':
      return (
        <EmptyState
          actions={
            <Button look="primary" onClick={() => void reloadToNewest()}>
              Reload
            </Button>
          }
          icon={RefreshCw}
          title="There is a new version"
        >
          This page is too old for the server. Reload it to go on.
        </EmptyState>
      );
    default:
      return assertNever(closed);
  }
}

function SignedOut({ groupId, children }: { groupId: string; children: ReactNode }) {
  return (
    <EmptyState
      actions={
        <a className={buttonClasses('primary')} href={signInPath('sign-in', `/g/${groupId}`)}>
          Sign in
        </a>
      }
      icon={LogIn}
      title="You are signed out"
    >
      {children}
    </EmptyState>
  );
}

/** Offers a public group to a user who is not a member; a private one looks like a group that does not exist. */
function NotMember({ groupId, onJoined }: { groupId: string; onJoined: () => void }) {
  const group = useGroup(groupId);
  useTitle(group.data?.name);
  if (group.isPending) return <Skeleton className="m-auto h-40 w-72 rounded-card" />;
  if (group.data) return <JoinPage group={group.data} onJoined={onJoined} />;
  return <NotFound />;
}

function NotFound() {
  return (
    <EmptyState
      actions={
        <Link className={buttonClasses('outline')} href="/browse">
          Browse groups
        </Link>
      }
      icon={DoorClosed}
      title="This group is not open to you"
    >
      It may be private, or gone, or the link may be wrong.
    </EmptyState>
  );
}
