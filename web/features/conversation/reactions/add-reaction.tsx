import { SmilePlus } from 'lucide-react';
import { type ComponentProps, lazy, useRef, useState } from 'react';
import type { Message } from '../../../../protocol/models.ts';
import { Late } from '../../../ui/overlays/late.tsx';

const loadPicker = () => import('./reaction-picker.tsx');
const ReactionPicker = lazy(() => loadPicker().then((file) => ({ default: file.ReactionPicker })));

/** A button that opens the reaction picker. Hovering or focusing it loads the picker. */
export function AddReaction({ message, ...look }: { message: Message; className: string }) {
  const [isOpen, setOpen] = useState(false);
  return <ReactionButton {...look} isOpen={isOpen} message={message} setOpen={setOpen} />;
}

/** A button like `AddReaction`, whose parent controls whether the picker is open. */
export function ReactionButton({
  message,
  isOpen,
  setOpen,
  ...rest
}: ComponentProps<'button'> & {
  message: Message;
  isOpen: boolean;
  setOpen: (isOpen: boolean) => void;
}) {
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button
        aria-expanded={isOpen}
        aria-haspopup="dialog"
        aria-label="Add a reaction"
        onClick={() => setOpen(!isOpen)}
        onFocus={loadPicker}
        onPointerEnter={loadPicker}
        ref={button}
        title="Add a reaction"
        type="button"
        {...rest}
      >
        <SmilePlus aria-hidden="true" size={16} />
      </button>
      {isOpen && (
        <Late>
          <ReactionPicker button={button} message={message} onClose={() => setOpen(false)} />
        </Late>
      )}
    </>
  );
}
