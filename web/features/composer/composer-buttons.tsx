import { Paperclip, SendHorizontal } from 'lucide-react';
import { classes } from '../../ui/classes.ts';

const BUTTON = 'grid size-9 shrink-0 place-items-center rounded-small transition-colors';

/** The button that chooses files of any kind; a phone offers its camera by itself. */
export function AttachButton({ onChoose }: { onChoose: (files: readonly File[]) => void }) {
  return (
    <label
      className={classes(
        BUTTON,
        'text-muted focus-within:outline-2 hover:bg-hover hover:text-strong',
      )}
      title="Attach files"
    >
      <Paperclip aria-hidden="true" size={18} />
      <input
        aria-label="Attach files"
        className="sr-only"
        multiple
        onChange={({ target }) => {
          onChoose([...(target.files ?? [])]);
          // The same file can be chosen again.
          target.value = '';
        }}
        type="file"
      />
    </label>
  );
}

/** The button that sends; filled only when there is something to send. */
export function SendButton({ isReady }: { isReady: boolean }) {
  return (
    <button
      aria-label="Send"
      className={classes(
        BUTTON,
        isReady ? 'bg-accent text-on-accent hover:bg-accent-hover' : 'text-muted',
      )}
      title="Send"
      type="submit"
    >
      <SendHorizontal aria-hidden="true" size={18} />
    </button>
  );
}
