import { Paperclip, SendHorizontal, Smile } from 'lucide-react';
import { lazy, type RefObject, useRef, useState } from 'react';
import { classes } from '../../ui/classes.ts';
import { Late } from '../../ui/overlays/late.tsx';

const BUTTON = 'grid size-9 shrink-0 place-items-center rounded-small transition-colors';

const QUIET = 'text-muted hover:bg-hover hover:text-strong';

const loadEmoji = () => import('./insert-emoji.tsx');
const InsertEmoji = lazy(() => loadEmoji().then((file) => ({ default: file.InsertEmoji })));

/** The button that opens the emoji picker, which inserts at the caret of `field`. */
export function EmojiButton({ field }: { field: RefObject<HTMLTextAreaElement | null> }) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button
        aria-expanded={isOpen}
        aria-haspopup="dialog"
        aria-label="Insert an emoji"
        className={classes(BUTTON, QUIET)}
        onClick={() => setOpen(!isOpen)}
        onFocus={loadEmoji}
        onPointerEnter={loadEmoji}
        ref={button}
        title="Insert an emoji"
        type="button"
      >
        <Smile aria-hidden="true" size={18} />
      </button>
      {isOpen && (
        <Late>
          <InsertEmoji button={button} field={field} onClose={() => setOpen(false)} />
        </Late>
      )}
    </>
  );
}

/** The button that chooses files of any kind; a phone offers its camera by itself. */
export function AttachButton({ onChoose }: { onChoose: (files: readonly File[]) => void }) {
  return (
    <label className={classes(BUTTON, QUIET, 'focus-within:outline-2')} title="Attach files">
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
