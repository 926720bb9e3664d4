import { Bell, BellOff, CheckCheck, Ellipsis } from 'lucide-react';
import * as Menu from 'radix-ui/dropdown-menu';
import { MENU_ITEM } from '../../ui/overlays/menu-item.ts';

const LOOK = `${MENU_ITEM} text-default data-[highlighted]:text-strong`;

/** The menu of a thread's card. */
export function CardMenu({
  isUnread,
  following,
  onRead,
  onFollow,
}: {
  isUnread: boolean;
  following: boolean;
  onRead: () => void;
  onFollow: (following: boolean) => void;
}) {
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger
        aria-label="Thread options"
        className="grid size-8 shrink-0 place-items-center rounded-small text-muted hover:bg-hover hover:text-strong aria-expanded:bg-hover"
      >
        <Ellipsis aria-hidden="true" size={16} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content
          align="end"
          className="z-50 w-48 animate-enter rounded-card bg-overlay p-1.5 shadow-overlay"
          collisionPadding={8}
          sideOffset={4}
        >
          {isUnread && (
            <Menu.Item className={LOOK} onSelect={onRead}>
              <CheckCheck aria-hidden="true" size={16} /> Mark as read
            </Menu.Item>
          )}
          <Menu.Item className={LOOK} onSelect={() => onFollow(!following)}>
            {following ? (
              <>
                <BellOff aria-hidden="true" size={16} /> Stop following
              </>
            ) : (
              <>
                <Bell aria-hidden="true" size={16} /> Follow again
              </>
            )}
          </Menu.Item>
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}
