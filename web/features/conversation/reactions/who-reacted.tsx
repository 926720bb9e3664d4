import * as Tooltip from 'radix-ui/tooltip';

/** The open tooltip of a reaction: a large emoji and who reacted. Its parent, which it covers, is the pill. */
export function WhoReacted({
  emoji,
  who,
  onClose,
}: {
  emoji: string;
  who: string;
  onClose: () => void;
}) {
  return (
    <Tooltip.Provider>
      <Tooltip.Root onOpenChange={(isOpen) => !isOpen && onClose()} open>
        {/* Only a place: the button is there before this is loaded. */}
        <Tooltip.Trigger asChild>
          <span aria-hidden="true" className="pointer-events-none absolute inset-0" />
        </Tooltip.Trigger>
        <Tooltip.Portal>
          <Tooltip.Content
            className="pointer-events-none z-50 flex max-w-72 animate-enter items-center gap-2.5 rounded-small bg-overlay px-2.5 py-1.5 text-secondary text-default shadow-overlay"
            collisionPadding={8}
            side="top"
            sideOffset={4}
          >
            <span aria-hidden="true" className="text-emoji">
              {emoji}
            </span>
            <bdi className="min-w-0 wrap-anywhere">{who}</bdi>
          </Tooltip.Content>
        </Tooltip.Portal>
      </Tooltip.Root>
    </Tooltip.Provider>
  );
}
