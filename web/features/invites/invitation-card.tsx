import { Hash, MailX, Unplug } from 'lucide-react';
import { Link } from 'wouter';
import type { Failure } from '../../../protocol/errors.ts';
import type { InvitePreview } from '../../../protocol/invite-preview.ts';
import { Button, buttonClasses } from '../../ui/controls/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { failureTitle } from './failure-title.ts';
import { groupSize } from './group-size.ts';

/** Shows a signed-in user the group that they are invited to, and offers to join it. */
export function InvitationCard({
  preview: { group, invitedBy },
  isJoining,
  failure,
  onJoin,
}: {
  preview: InvitePreview;
  isJoining: boolean;
  /** Why the last attempt failed. */
  failure: Failure | undefined;
  onJoin: () => void;
}) {
  return (
    <EmptyState
      actions={
        <>
          <Button autoFocus busy={isJoining} look="primary" onClick={onJoin}>
            <span className="wrap-anywhere">
              Join <bdi>{group.name}</bdi>
            </span>
          </Button>
          {failure && <Notice>{failure.detail}</Notice>}
        </>
      }
      icon={Hash}
      title={<bdi className="wrap-anywhere">{group.name}</bdi>}
    >
      <bdi className="font-medium text-default">{invitedBy.name}</bdi> invites you to this group.{' '}
      {groupSize(group.memberCount)}.
    </EmptyState>
  );
}

/** Tells a signed-in user why an invitation cannot be used. */
export function BrokenInvitation({ failure, onRetry }: { failure: Failure; onRetry: () => void }) {
  const isFinal = failure.code === 'not_found' || failure.code === 'archived';
  return (
    <EmptyState
      actions={
        isFinal ? (
          <Link className={buttonClasses('primary')} href="/">
            To your groups
          </Link>
        ) : (
          <Button look="primary" onClick={onRetry}>
            Try again
          </Button>
        )
      }
      icon={isFinal ? MailX : Unplug}
      title={failureTitle(failure)}
    >
      {failure.detail}
    </EmptyState>
  );
}
