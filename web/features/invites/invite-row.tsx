import { Check, Link2 } from 'lucide-react';
import { useState } from 'react';
import type { Invite } from '../../../protocol/invites.ts';
import { useRevokeInvite } from '../../api/invites.ts';
import { Button } from '../../ui/controls/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useCopy } from '../../ui/use-copy.ts';
import { inviteLink } from './invite-link.ts';
import { inviteWords } from './invite-words.ts';

/** One invitation: its link, who made it, its uses and its end, with buttons to copy and to revoke it. */
export function InviteRow({
  invite,
  maker,
  isNew,
}: {
  invite: Invite;
  /** The name of the person who made it. */
  maker: string;
  /** It was just made: its button to copy takes the focus. */
  isNew: boolean;
}) {
  const { state, copy } = useCopy();
  const [asks, setAsks] = useState(false);
  const revoke = useRevokeInvite(invite.groupId);
  const link = inviteLink(invite.code);
  return (
    <li className="flex flex-col gap-2 rounded-small p-3 shadow-field">
      <p
        className={`font-mono text-mono text-strong ${state === 'refused' ? 'break-all' : 'truncate'}`}
        dir="ltr"
      >
        {link}
      </p>
      <p className="text-secondary text-muted">
        By <bdi>{maker}</bdi> · {inviteWords(invite, Date.now())}
      </p>
      {state === 'refused' && (
        <Notice>Your browser did not allow copying. Select the link above.</Notice>
      )}
      {revoke.failure && <Notice>{revoke.failure.detail}</Notice>}
      <div className="flex flex-wrap items-center justify-end gap-2">
        {asks ? (
          <>
            <p className="me-auto text-secondary text-default">
              Nobody will be able to join by it.
            </p>
            <Button autoFocus onClick={() => setAsks(false)}>
              Keep
            </Button>
            <Button
              busy={revoke.isPending}
              look="danger"
              onClick={() => void revoke.run(invite.code)}
            >
              Revoke link
            </Button>
          </>
        ) : (
          <>
            <Button onClick={() => setAsks(true)}>Revoke</Button>
            <Button autoFocus={isNew} look="outline" onClick={() => copy(link)}>
              {state === 'copied' ? (
                <Check aria-hidden="true" size={16} />
              ) : (
                <Link2 aria-hidden="true" size={16} />
              )}
              {state === 'copied' ? 'Link copied' : 'Copy link'}
            </Button>
          </>
        )}
      </div>
      <span className="sr-only" role="status">
        {state === 'copied' && 'Link copied'}
      </span>
    </li>
  );
}
