import { ConfirmDialog } from '../../ui/overlays/confirm-dialog.tsx';

/** Asks before a message notifies many people at once. */
export function EveryoneDialog({
  people,
  onSend,
  onClose,
}: {
  /** How many people it would notify. */
  people: number;
  onSend: () => void;
  onClose: () => void;
}) {
  return (
    <ConfirmDialog
      confirm="Send"
      onClose={onClose}
      onConfirm={onSend}
      title={`Notify ${people} people?`}
    >
      Your message mentions everyone. It notifies all {people} of them at once.
    </ConfirmDialog>
  );
}
