import { type ReactNode, useEffect } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { assertNever } from '../../protocol/assert-never.ts';
import { useInvitation } from '../api/invitation.ts';
import { useAcceptInvite } from '../api/invites.ts';
import { useMyGroups } from '../api/my-groups.ts';
import { BackToGroups } from '../features/groups/group-link.tsx';
import { BrokenInvitation, InvitationCard } from '../features/invites/invitation-card.tsx';
import { takeJoining } from '../features/invites/joining.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { useTitle } from './use-title.ts';

/** The page of an invitation for a signed-in user: they join with one press, and a member is led into the group. */
export function InvitePage({ code }: { code: string }) {
  const { invitation, retry } = useInvitation(code);
  const { run, isPending, failure } = useAcceptInvite();
  const groups = useMyGroups().data;
  const preview = invitation.state === 'found' ? invitation.preview : undefined;
  const groupId = preview?.group.id;
  const isMember = groups?.some(({ group }) => group.id === groupId) === true;
  useTitle(preview?.group.name ?? 'Invitation');

  useEffect(() => {
    if (groupId !== undefined && isMember) navigate(`/g/${groupId}`, { replace: true });
  }, [groupId, isMember]);

  const join = () => void run(code, (group) => navigate(`/g/${group.id}`, { replace: true }));
  // Who has signed in on the invitation's page has already said that they want to join.
  useEffect(() => {
    if (!takeJoining(code)) return;
    void run(code, (group) => navigate(`/g/${group.id}`, { replace: true }));
  }, [code, run]);

  return (
    <main className="flex min-w-0 flex-1 flex-col overflow-y-auto">
      <BackToGroups className="m-1.5" />
      {content()}
    </main>
  );

  function content(): ReactNode {
    // My own join may take the last use, and the invitation then no longer works for anyone else.
    if (isPending && !preview) return LOADING;
    if (failure?.code === 'not_found')
      return <BrokenInvitation failure={failure} onRetry={retry} />;
    switch (invitation.state) {
      case 'loading':
        return LOADING;
      case 'failed':
        return <BrokenInvitation failure={invitation.failure} onRetry={retry} />;
      case 'found':
        return (
          <InvitationCard
            failure={failure}
            isJoining={isPending}
            onJoin={join}
            preview={invitation.preview}
          />
        );
      default:
        return assertNever(invitation);
    }
  }
}

const LOADING = <Skeleton className="m-auto h-40 w-72 rounded-card" />;
