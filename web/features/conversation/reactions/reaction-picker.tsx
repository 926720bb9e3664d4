import * as Popover from 'radix-ui/popover';
import type { Message } from '../../../../protocol/models.ts';
import { useConversation } from '../conversation-context.ts';
import { type OpeningButton, overlayOf } from '../message/overlay-of.ts';
import { EmojiPicker } from './emoji-picker.tsx';
import { toggleReaction } from './toggle-reaction.ts';

/** The open picker of a reaction, beside its button. */
export function ReactionPicker({
  message,
  button,
  onClose,
}: {
  message: Message;
  button: OpeningButton;
  onClose: () => void;
}) {
  const { client, me } = useConversation();
  return (
    <Popover.Root onOpenChange={(isOpen) => !isOpen && onClose()} open>
      <Popover.Anchor virtualRef={button} />
      <Popover.Portal>
        <Popover.Content
          align="end"
          aria-label="Emoji"
          className="z-50 animate-enter rounded-card bg-overlay shadow-overlay"
          collisionPadding={8}
          sideOffset={4}
          {...overlayOf(button)}
        >
          <EmojiPicker
            me={me}
            onPick={(emoji) => {
              void toggleReaction(client, message, { emoji, me });
              onClose();
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
