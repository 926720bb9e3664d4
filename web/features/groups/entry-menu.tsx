import { ArrowDown, ArrowUp, CheckCheck, type LucideIcon, Star, StarOff } from 'lucide-react';
import * as Menu from 'radix-ui/dropdown-menu';
import type { InboxEntry } from '../../../protocol/rest.ts';
import { isUnread, useReading } from '../../api/reading.ts';
import { MENU_ITEM } from '../../ui/overlays/menu-item.ts';
import { nameOf } from './by-name.ts';

const KEYS = navigator.platform.startsWith('Mac') ? '⌘ Shift' : 'Ctrl Shift';

/** The open menu of a row of the list. */
export function EntryMenu({
  entry,
  places,
  onPlace,
  onRemove,
  onStep,
  onEnd,
}: {
  entry: InboxEntry;
  /** How many favourites there are. */
  places: number;
  /** Makes the group a favourite, the last one. */
  onPlace: (before: undefined) => void;
  onRemove: () => void;
  onStep: (by: 1 | -1) => void;
  onEnd: () => void;
}) {
  const reading = useReading();
  const { favourite } = entry;
  return (
    <Menu.Root modal={false} onOpenChange={(isOpen) => !isOpen && onEnd()} open>
      {/* Only a place: the row is the trigger. */}
      <Menu.Trigger asChild>
        <span aria-hidden="true" className="pointer-events-none absolute inset-0" />
      </Menu.Trigger>
      <Menu.Content
        align="start"
        aria-label={`About ${nameOf(entry)}`}
        className="z-50 w-64 animate-enter rounded-card bg-overlay p-1.5 shadow-overlay"
        collisionPadding={8}
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          // A row that has moved to another section is another element by then.
          requestAnimationFrame(() => {
            document.querySelector<HTMLElement>(`nav [data-group="${entry.group.id}"] a`)?.focus();
          });
        }}
        sideOffset={4}
      >
        {favourite === undefined ? (
          <Item icon={Star} label="Add to favourites" onSelect={() => onPlace(undefined)} />
        ) : (
          <>
            <Item
              disabled={favourite === 0}
              hint={`${KEYS} ↑`}
              icon={ArrowUp}
              label="Move up"
              onSelect={() => onStep(-1)}
            />
            <Item
              disabled={favourite === places - 1}
              hint={`${KEYS} ↓`}
              icon={ArrowDown}
              label="Move down"
              onSelect={() => onStep(1)}
            />
            <Item icon={StarOff} label="Remove from favourites" onSelect={onRemove} />
          </>
        )}
        <Item
          disabled={!isUnread(entry)}
          icon={CheckCheck}
          label="Mark as read"
          onSelect={() => void reading.read([entry])}
        />
      </Menu.Content>
    </Menu.Root>
  );
}

function Item({
  icon: Icon,
  label,
  hint,
  disabled = false,
  onSelect,
}: {
  icon: LucideIcon;
  label: string;
  hint?: string;
  disabled?: boolean;
  onSelect: () => void;
}) {
  return (
    <Menu.Item
      className={`${MENU_ITEM} text-default data-[disabled]:opacity-50 data-[highlighted]:text-strong`}
      disabled={disabled}
      onSelect={onSelect}
    >
      <Icon aria-hidden="true" size={16} />
      <span className="flex-1">{label}</span>
      {hint !== undefined && (
        <span aria-hidden="true" className="text-meta text-muted max-desktop:hidden">
          {hint}
        </span>
      )}
    </Menu.Item>
  );
}
