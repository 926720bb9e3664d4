import { useEffect, useState } from 'react';
import { outboxStore } from '../../realtime/outbox-store.ts';
import { useSignedIn } from '../../session/use-signed-in.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';

/**
 * Asks before signing out, because that deletes what this person left on this machine: it says how much of that was
 * never sent. `onSignOut` deletes the rest of it.
 */
export function SignOutDialog({
  onClose,
  onSignOut,
}: {
  onClose: () => void;
  onSignOut: (userId: string) => void;
}) {
  const session = useSignedIn();
  const [unsent, setUnsent] = useState<number>();
  useEffect(() => {
    void outboxStore.count(session.userId).then(setUnsent);
  }, [session.userId]);
  async function signOut(): Promise<void> {
    // A session that cannot be ended now, as without a network, must not lose what it has not sent.
    if ((await session.getToken({ fresh: true })) === undefined) return;
    onSignOut(session.userId);
    await session.signOut();
  }
  // Opens when the number is known, so that nobody confirms before it stands there.
  if (unsent === undefined) return null;
  return (
    <ConfirmDialog
      confirm="Sign out"
      onClose={onClose}
      onConfirm={() => void signOut().catch(() => undefined)}
      title="Sign out?"
    >
      {unsent > 0 && (
        <p className="mb-2 font-medium text-danger">
          {unsent === 1 ? 'One message was' : `${unsent} messages were`} not sent yet and will be
          lost.
        </p>
      )}
      <p>Drafts and unsent messages on this device are deleted. Everything that was sent stays.</p>
    </ConfirmDialog>
  );
}
