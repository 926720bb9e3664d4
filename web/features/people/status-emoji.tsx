import { SmilePlus } from 'lucide-react';
import * as Popover from 'radix-ui/popover';
import { useState } from 'react';
import { useSignedIn } from '../../session/use-session.ts';
import { EmojiPicker } from '../conversation/reactions/emoji-picker.tsx';

/** The emoji of a status, with a picker. */
export function StatusEmoji({
  emoji,
  onChange,
}: {
  /** "" for none. */
  emoji: string;
  onChange: (emoji: string) => void;
}) {
  const { userId } = useSignedIn();
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover.Root onOpenChange={setOpen} open={isOpen}>
      <Popover.Trigger
        aria-label={emoji === '' ? 'Choose an emoji' : `Emoji: ${emoji}. Choose another`}
        className="grid size-10 shrink-0 place-items-center rounded-small bg-canvas text-title outline-1 -outline-offset-1 outline-outline hover:bg-hover"
      >
        {emoji === '' ? (
          <SmilePlus aria-hidden="true" className="text-muted" size={18} />
        ) : (
          <span aria-hidden="true">{emoji}</span>
        )}
      </Popover.Trigger>
      <Popover.Content
        align="start"
        aria-label="Emoji"
        className="z-50 animate-enter rounded-card bg-overlay shadow-overlay"
        collisionPadding={8}
        sideOffset={4}
      >
        <EmojiPicker
          me={userId}
          verb="Choose"
          onPick={(picked) => {
            onChange(picked);
            setOpen(false);
          }}
        />
      </Popover.Content>
    </Popover.Root>
  );
}
