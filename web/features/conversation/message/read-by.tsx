import * as Popover from 'radix-ui/popover';
import { use } from 'react';
import type { ReceiptView } from '../../../realtime/group-view.ts';
import { Avatar } from '../../../ui/people/avatar.tsx';
import { momentOf, timeOf } from '../../../ui/words/moment.ts';
import { PeopleContext } from '../people-context.ts';
import { type OpeningButton, overlayOf } from './overlay-of.ts';

/** The open list of the people who have read a message, and when. */
export function ReadBy({
  readBy,
  onClose,
  button,
}: {
  readBy: ReceiptView['readBy'];
  onClose: () => void;
  /** The receipt line that opened it. */
  button: OpeningButton;
}) {
  const { userOf } = use(PeopleContext);
  return (
    <Popover.Root onOpenChange={(isOpen) => !isOpen && onClose()} open>
      <Popover.Anchor virtualRef={button} />
      <Popover.Portal>
        <Popover.Content
          align="start"
          aria-label="Read by"
          className="z-50 max-h-80 w-64 animate-enter overflow-y-auto rounded-card bg-overlay p-2 shadow-overlay"
          collisionPadding={8}
          sideOffset={4}
          tabIndex={0}
          {...overlayOf(button)}
        >
          <ul>
            {readBy.map(({ userId, readAt }) => {
              const user = userOf(userId);
              return (
                <li className="flex min-h-8 items-center gap-2 px-1.5 py-1" key={userId}>
                  <Avatar person={user} size="small" />
                  <bdi className="min-w-0 flex-1 truncate text-default">
                    {user?.name ?? 'Someone'}
                  </bdi>
                  {readAt !== undefined && (
                    <time
                      className="text-meta text-muted tabular-nums"
                      dateTime={new Date(readAt).toISOString()}
                      title={momentOf(readAt)}
                    >
                      {timeOf(readAt)}
                    </time>
                  )}
                </li>
              );
            })}
          </ul>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
