import { SmilePlus } from 'lucide-react';
import { type ComponentProps, lazy, useState } from 'react';
import type { Message } from '../../../../protocol/models.ts';
import { Late } from '../../../ui/late.tsx';

const loadPicker = () => import('./reaction-picker.tsx');
const ReactionPicker = lazy(() => loadPicker().then((file) => ({ default: file.ReactionPicker })));

/** A button that offers emoji to react with. What it opens is loaded when somebody reaches for it. */
export function AddReaction({ message, ...look }: { message: Message; className: string }) {
  const [isOpen, setOpen] = useState(false);
  return <ReactionButton {...look} isOpen={isOpen} message={message} setOpen={setOpen} />;
}

/** The same, opened and closed by what is around it. */
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
  const [wasOpen, setWasOpen] = useState(isOpen);
  if (isOpen && !wasOpen) setWasOpen(true);
  const button = (
    <button
      aria-expanded={isOpen}
      aria-haspopup="dialog"
      aria-label="Add a reaction"
      onFocus={loadPicker}
      onPointerEnter={loadPicker}
      title="Add a reaction"
      type="button"
      {...rest}
    >
      <SmilePlus aria-hidden="true" size={16} />
    </button>
  );
  // The picker's own trigger opens it: until it is there, this one does. It stays, so that focus can return to it.
  if (!wasOpen) {
    return (
      <span className="contents" onClickCapture={() => setOpen(true)}>
        {button}
      </span>
    );
  }
  return (
    <Late fallback={button}>
      <ReactionPicker isOpen={isOpen} message={message} setOpen={setOpen}>
        {button}
      </ReactionPicker>
    </Late>
  );
}
