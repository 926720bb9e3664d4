import * as Popover from 'radix-ui/popover';
import type { ReactNode } from 'react';
import type { Message } from '../../../../protocol/models.ts';
import { useConversation } from '../conversation-context.ts';
import { returnFocusToRow } from '../return-focus-to-row.ts';
import { EmojiPicker } from './emoji-picker.tsx';
import { toggleReaction } from './toggle-reaction.ts';

/** Emoji to react with, beside the button that asks for them. */
export function ReactionPicker({
  message,
  isOpen,
  setOpen,
  children,
}: {
  message: Message;
  isOpen: boolean;
  setOpen: (isOpen: boolean) => void;
  /** The button. */
  children: ReactNode;
}) {
  const { client, me } = useConversation();
  return (
    <Popover.Root onOpenChange={setOpen} open={isOpen}>
      <Popover.Trigger asChild>{children}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          aria-label="Emoji"
          className="z-50 animate-enter rounded-card bg-overlay shadow-overlay"
          collisionPadding={8}
          onCloseAutoFocus={returnFocusToRow(message.id)}
          sideOffset={4}
        >
          <EmojiPicker
            onPick={(emoji) => {
              toggleReaction(client, message, { emoji, me });
              setOpen(false);
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
