import { useEffect, useState } from 'react';
import { forgetting } from '../../realtime/forgetting.ts';
import { useSignedIn } from '../../session/use-session.ts';
import { Notice } from '../../ui/notice.tsx';
import { ConfirmDialog } from '../../ui/overlays/confirm-dialog.tsx';
import { useHasNetwork } from '../../ui/use-has-network.ts';

/**
 * Asks before signing out, because that deletes the user's data on this machine, and says how many messages were never
 * sent. If the server refuses to end the session, everything stays, and the dialog says so and can be confirmed again.
 */
export function SignOutDialog({ onClose }: { onClose: () => void }) {
  const session = useSignedIn();
  const [unsent, setUnsent] = useState<number>();
  const hasNetwork = useHasNetwork();
  const [state, setState] = useState<'asking' | 'leaving' | 'failed'>('asking');
  useEffect(() => {
    void forgetting.countUnsent(session.userId).then(setUnsent);
  }, [session.userId]);
  // Opens when the number is known, so that the user sees it before confirming.
  if (unsent === undefined) return null;
  return (
    <ConfirmDialog
      confirm={state === 'leaving' ? 'Signing out…' : 'Sign out'}
      onClose={onClose}
      onConfirm={(event) => {
        // The dialog stays open for a failure; a success leaves the page.
        event.preventDefault();
        if (state === 'leaving') return;
        setState('leaving');
        session.signOut().catch(() => setState('failed'));
      }}
      title="Sign out?"
    >
      {unsent > 0 && (
        <p className="mb-2 font-medium text-danger">
          {unsent === 1 ? 'One message was' : `${unsent} messages were`} not sent yet and will be
          lost.
        </p>
      )}
      <p>Drafts and unsent messages on this device are deleted. Everything that was sent stays.</p>
      {!hasNetwork && (
        <p className="mt-2">
          You are offline: your session ends as soon as this page can reach the server.
        </p>
      )}
      {state === 'failed' && (
        <div className="mt-3">
          <Notice>
            You are still signed in, and nothing was deleted: the server refused. Try again.
          </Notice>
        </div>
      )}
    </ConfirmDialog>
  );
}
