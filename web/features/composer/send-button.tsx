import { SendHorizontal } from 'lucide-react';
import { classes } from '../../ui/classes.ts';

/** Filled only when there is something to send. */
export function SendButton({ isReady }: { isReady: boolean }) {
  return (
    <button
      aria-label="Send"
      className={classes(
        'grid size-9 shrink-0 place-items-center rounded-small transition-colors',
        isReady ? 'bg-accent text-on-accent hover:bg-accent-hover' : 'text-muted',
      )}
      title="Send"
      type="submit"
    >
      <SendHorizontal aria-hidden="true" size={18} />
    </button>
  );
}
