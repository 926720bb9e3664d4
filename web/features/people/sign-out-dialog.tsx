import { useEffect, useState } from 'react';
import { outboxStore } from '../../realtime/outbox-store.ts';
import { useSignedIn } from '../../session/use-signed-in.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Dialog } from '../../ui/dialog.tsx';

/**
 * Asks before signing out, because that deletes what this person left on this machine: it says how much of that was
 * never sent. Without a network nobody can: the session is ended by the server.
 */
export function SignOutDialog({ onClose }: { onClose: () => void }) {
  const session = useSignedIn();
  const [unsent, setUnsent] = useState<number>();
  useEffect(() => {
    void outboxStore.count(session.userId).then(setUnsent);
  }, [session.userId]);
  if (!navigator.onLine) {
    return (
      <Dialog onClose={onClose} title="You are offline">
        Signing out needs a connection. Try again when you are back.
      </Dialog>
    );
  }
  // Opens when the number is known, so that nobody confirms before it stands there.
  if (unsent === undefined) return null;
  return (
    <ConfirmDialog
      confirm="Sign out"
      onClose={onClose}
      onConfirm={() => void session.signOut()}
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
