import type { Failure } from '../../../protocol/errors.ts';
import type { InvitePreview } from '../../../protocol/invite-preview.ts';
import { Button } from '../../ui/controls/button.tsx';
import { Avatar } from '../../ui/people/avatar.tsx';
import { failureTitle } from './failure-title.ts';
import { groupSize } from './group-size.ts';

const TITLE = 'text-display font-semibold tracking-tight text-balance text-strong wrap-anywhere';

/** Greets a visitor who was invited: the group, its size, and who invites. */
export function InvitationGreeting({ group, invitedBy }: InvitePreview) {
  return (
    <>
      <p className="flex items-center gap-2.5 text-default">
        <Avatar person={invitedBy} />
        <span className="min-w-0 wrap-anywhere">
          <bdi className="font-semibold text-strong">{invitedBy.name}</bdi> invites you to a group
        </span>
      </p>
      <h1 className={TITLE}>
        Join <bdi>{group.name}</bdi>
      </h1>
      <p className="text-pretty text-default">
        {groupSize(group.memberCount)}. Create an account or sign in, and you are in.
      </p>
    </>
  );
}

/** Tells a visitor why an invitation cannot be used. */
export function InvitationFailure({ failure, onRetry }: { failure: Failure; onRetry: () => void }) {
  const isFinal = failure.code === 'not_found' || failure.code === 'archived';
  return (
    <div className="flex flex-col items-start gap-3" role="alert">
      <h1 className={TITLE}>{failureTitle(failure)}</h1>
      <p className="text-pretty text-default">{failure.detail}</p>
      {!isFinal && (
        <Button look="outline" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
