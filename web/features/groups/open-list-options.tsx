import { ArrowDownAZ, BellDot, Check, CheckCheck, Clock, type LucideIcon } from 'lucide-react';
import * as Menu from 'radix-ui/dropdown-menu';
import { MENU_ITEM } from '../../ui/overlays/menu-item.ts';
import { DESKTOP, useMedia } from '../../ui/use-media.ts';
import { changeListChoices, ListOrder, useListChoices } from './list-choices.ts';
import { OptionsButton } from './options-button.tsx';

const ITEM = `${MENU_ITEM} text-default data-[highlighted]:text-strong`;

const ORDERS: readonly { order: ListOrder; label: string; Icon: LucideIcon }[] = [
  { order: 'activity', label: 'By latest message', Icon: Clock },
  { order: 'name', label: 'By name', Icon: ArrowDownAZ },
];

/** The open menu of the list; the click that opens it loads it. */
export function OpenListOptions({ onReadAll }: { onReadAll: () => void }) {
  const { order, gathersUnread } = useListChoices();
  const usual = useMedia(DESKTOP) ? 'name' : 'activity';
  return (
    <Menu.Root defaultOpen modal={false}>
      <Menu.Trigger asChild>
        <OptionsButton />
      </Menu.Trigger>
      <Menu.Content
        align="end"
        className="z-50 w-60 animate-enter rounded-card bg-overlay p-1.5 shadow-overlay"
        collisionPadding={8}
        sideOffset={4}
      >
        <Menu.Item className={ITEM} onSelect={onReadAll}>
          <CheckCheck aria-hidden="true" size={16} />
          <span className="flex-1">Mark all as read</span>
          <span aria-hidden="true" className="text-meta text-muted max-desktop:hidden">
            Shift Esc
          </span>
        </Menu.Item>
        <Menu.Separator className="my-1.5 h-px bg-line" />
        <Menu.Label className="px-2.5 py-1 text-meta text-muted">Order</Menu.Label>
        <Menu.RadioGroup
          onValueChange={(value) => changeListChoices({ order: ListOrder.parse(value) })}
          value={order ?? usual}
        >
          {ORDERS.map(({ order: value, label, Icon }) => (
            <Menu.RadioItem
              className={ITEM}
              key={value}
              onSelect={(event) => event.preventDefault()}
              value={value}
            >
              <Icon aria-hidden="true" size={16} />
              <span className="flex-1">{label}</span>
              <Chosen />
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Separator className="my-1.5 h-px bg-line" />
        <Menu.CheckboxItem
          checked={gathersUnread}
          className={ITEM}
          onCheckedChange={(checked) => changeListChoices({ gathersUnread: checked })}
          onSelect={(event) => event.preventDefault()}
        >
          <BellDot aria-hidden="true" size={16} />
          <span className="flex-1">Unread on top</span>
          <Chosen />
        </Menu.CheckboxItem>
      </Menu.Content>
    </Menu.Root>
  );
}

function Chosen() {
  return (
    <Menu.ItemIndicator>
      <Check aria-hidden="true" className="text-accent-text" size={16} />
    </Menu.ItemIndicator>
  );
}
