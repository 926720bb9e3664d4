import { Smile } from 'lucide-react';
import { lazy, type RefObject, useRef, useState } from 'react';
import { IconButton } from '../../ui/controls/icon-button.tsx';
import { Late } from '../../ui/overlays/late.tsx';

const loadEmoji = () => import('./insert-emoji.tsx');
const InsertEmoji = lazy(() => loadEmoji().then((file) => ({ default: file.InsertEmoji })));

/** The button that opens the emoji picker, which inserts at the caret of `field`. */
export function EmojiButton({ field }: { field: RefObject<HTMLTextAreaElement | null> }) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <IconButton
        aria-expanded={isOpen}
        aria-haspopup="dialog"
        label="Insert an emoji"
        onClick={() => setOpen(!isOpen)}
        onFocus={loadEmoji}
        onPointerEnter={loadEmoji}
        ref={button}
      >
        <Smile aria-hidden="true" size={18} />
      </IconButton>
      {isOpen && (
        <Late>
          <InsertEmoji button={button} field={field} onClose={() => setOpen(false)} />
        </Late>
      )}
    </>
  );
}
