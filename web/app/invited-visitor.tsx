import { type ComponentProps, type ReactNode, useEffect } from 'react';
import { assertNever } from '../../protocol/assert-never.ts';
import { type Invitation, useInvitation } from '../api/invitation.ts';
import { InvitationFailure, InvitationGreeting } from '../features/invites/invitation-greeting.tsx';
import { rememberJoining } from '../features/invites/joining.ts';
import { WelcomePage } from '../features/welcome/welcome-page.tsx';
import { useTitle } from './use-title.ts';

/** The welcome page of a visitor with an invitation: what it leads to, and the ways to sign in, which lead into the group. */
export function InvitedVisitor({
  code,
  then,
  ...props
}: Omit<ComponentProps<typeof WelcomePage>, 'greeting'> & { code: string }) {
  const { invitation, retry } = useInvitation(code);
  const isFound = invitation.state === 'found';
  useEffect(() => {
    if (isFound) rememberJoining(code);
  }, [isFound, code]);
  useTitle(isFound ? invitation.preview.group.name : 'Invitation');
  // Signing in must not lead back to a link that does not work.
  const isOver = invitation.state === 'failed' && invitation.failure.code === 'not_found';
  return (
    <WelcomePage {...props} greeting={greeting(invitation, retry)} then={isOver ? '/' : then} />
  );
}

/** Undefined while it loads: the page then shows what it shows before its code is loaded. */
function greeting(invitation: Invitation, retry: () => void): ReactNode {
  switch (invitation.state) {
    case 'loading':
      return undefined;
    case 'found':
      return <InvitationGreeting {...invitation.preview} />;
    case 'failed':
      return <InvitationFailure failure={invitation.failure} onRetry={retry} />;
    default:
      return assertNever(invitation);
  }
}
