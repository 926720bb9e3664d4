import * as Popover from 'radix-ui/popover';
import { use } from 'react';
import type { Reaction } from '../../../../protocol/models.ts';
import { Avatar } from '../../../ui/people/avatar.tsx';
import { type OpeningButton, overlayOf } from '../message/overlay-of.ts';
import { PeopleContext } from '../people-context.ts';

/** The open list of the people behind a reaction, me first. */
export function ReactedList({
  reaction: { emoji, count, userIds },
  button,
  onClose,
}: {
  reaction: Reaction;
  button: OpeningButton;
  onClose: () => void;
}) {
  const { me, userOf } = use(PeopleContext);
  const mine = userIds.filter((id) => id === me);
  const others = userIds.filter((id) => id !== me).toReversed();
  const unnamed = count - userIds.length;
  return (
    <Popover.Root onOpenChange={(isOpen) => !isOpen && onClose()} open>
      <Popover.Anchor virtualRef={button} />
      <Popover.Portal>
        <Popover.Content
          align="start"
          aria-label={`Reacted with ${emoji}`}
          className="z-50 max-h-80 w-64 animate-enter overflow-y-auto rounded-card bg-overlay p-2 shadow-overlay"
          collisionPadding={8}
          sideOffset={4}
          tabIndex={0}
          {...overlayOf(button)}
        >
          <p className="px-1.5 pb-1 text-secondary text-muted">
            <span className="text-title">{emoji}</span> {count}
          </p>
          <ul>
            {[...mine, ...others].map((userId) => (
              <li className="flex min-h-11 items-center gap-2 px-1.5" key={userId}>
                <Avatar person={userOf(userId)} size="small" />
                <button
                  className="min-h-8 min-w-0 flex-1 truncate text-start text-default hover:underline"
                  data-person={userId}
                  type="button"
                >
                  <bdi>{userId === me ? 'You' : (userOf(userId)?.name ?? 'Someone')}</bdi>
                </button>
              </li>
            ))}
          </ul>
          {unnamed > 0 && (
            <p className="px-1.5 py-1 text-secondary text-muted">
              and {unnamed} {unnamed === 1 ? 'other' : 'others'}
            </p>
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
