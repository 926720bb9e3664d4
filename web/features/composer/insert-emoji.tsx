import * as Popover from 'radix-ui/popover';
import type { RefObject } from 'react';
import { useSignedIn } from '../../session/use-session.ts';
import { type OpeningButton, overlayOf } from '../conversation/message/overlay-of.ts';
import { EmojiPicker } from '../conversation/reactions/emoji-picker.tsx';
import { rememberEmoji } from '../conversation/reactions/recent-emoji.ts';
import { changeField } from './change-field.ts';

/** The open emoji picker of a composer. The caret is where it was, and the focus returns there. */
export function InsertEmoji({
  field,
  button,
  onClose,
}: {
  field: RefObject<HTMLTextAreaElement | null>;
  button: OpeningButton;
  onClose: () => void;
}) {
  const { userId } = useSignedIn();

  function insert(emoji: string): void {
    rememberEmoji(userId, emoji);
    onClose();
    if (!field.current) return;
    const { selectionStart: from, selectionEnd: to } = field.current;
    const end = from + emoji.length;
    changeField(field.current, { from, to, text: emoji, select: { start: end, end } });
  }

  return (
    <Popover.Root onOpenChange={(isOpen) => !isOpen && onClose()} open>
      <Popover.Anchor virtualRef={button} />
      <Popover.Portal>
        <Popover.Content
          align="end"
          aria-label="Emoji"
          className="z-50 animate-enter rounded-card bg-overlay shadow-overlay"
          collisionPadding={8}
          side="top"
          sideOffset={8}
          {...overlayOf(button)}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            field.current?.focus();
          }}
        >
          <EmojiPicker me={userId} onPick={insert} verb="Insert" />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
