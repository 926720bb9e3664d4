import { Check, LogOut, Monitor, Moon, Smile, Sun, UserRound } from 'lucide-react';
import * as Menu from 'radix-ui/dropdown-menu';
import { useState } from 'react';
import type { User } from '../../../protocol/models.ts';
import { MENU_ITEM } from '../../ui/overlays/menu-item.ts';
import { changePreferences, usePreferences } from '../../ui/preferences.ts';
import { PersonButton } from './person-button.tsx';
import { chooseTheme, readTheme, ThemeChoice } from './theme.ts';

const THEMES = [
  { choice: 'system', label: 'Like the system', Icon: Monitor },
  { choice: 'light', label: 'Light', Icon: Sun },
  { choice: 'dark', label: 'Dark', Icon: Moon },
] as const;

const ITEM = `${MENU_ITEM} text-default data-[highlighted]:text-strong`;

/**
 * The open person menu; the click that opens it loads it. It stays in its landmark and, unlike a dialog, hides nothing from
 * screen readers.
 */
export function OpenPersonMenu({
  me,
  onStatus,
  onSignOut,
}: {
  me: User | undefined;
  onStatus: () => void;
  onSignOut: () => void;
}) {
  const { enterSends, tellsTyping } = usePreferences();
  const [theme, setTheme] = useState(readTheme);
  return (
    <Menu.Root defaultOpen modal={false}>
      <Menu.Trigger asChild>
        <PersonButton me={me} />
      </Menu.Trigger>
      <Menu.Content
        align="start"
        className="z-50 w-60 animate-enter rounded-card bg-overlay p-1.5 shadow-overlay"
        sideOffset={4}
      >
        <Menu.Item className={ITEM} disabled={me === undefined} onSelect={onStatus}>
          <Smile aria-hidden="true" size={16} /> Set a status
        </Menu.Item>
        <Menu.Item asChild className={ITEM}>
          {/* Clerk's own page: it is left and come to by loading the page. */}
          <a href="/profile">
            <UserRound aria-hidden="true" size={16} /> Profile
          </a>
        </Menu.Item>
        <Menu.Separator className="my-1.5 h-px bg-line" />
        <Menu.Label className="px-2.5 py-1 text-meta text-muted">Theme</Menu.Label>
        <Menu.RadioGroup
          onValueChange={(value) => {
            const choice = ThemeChoice.parse(value);
            chooseTheme(choice);
            setTheme(choice);
          }}
          value={theme}
        >
          {THEMES.map(({ choice, label, Icon }) => (
            <Menu.RadioItem
              className={ITEM}
              key={choice}
              onSelect={(event) => event.preventDefault()}
              value={choice}
            >
              <Icon aria-hidden="true" size={16} />
              <span className="flex-1">{label}</span>
              <Menu.ItemIndicator>
                <Check aria-hidden="true" className="text-accent-text" size={16} />
              </Menu.ItemIndicator>
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Separator className="my-1.5 h-px bg-line" />
        <Menu.Label className="px-2.5 py-1 text-meta text-muted">Writing</Menu.Label>
        <Choice
          checked={enterSends}
          label="Enter sends"
          onChange={(checked) => changePreferences({ enterSends: checked })}
        />
        <Choice
          checked={tellsTyping}
          label="Show when I type"
          onChange={(checked) => changePreferences({ tellsTyping: checked })}
        />
        <Menu.Separator className="my-1.5 h-px bg-line" />
        <Menu.Item className={ITEM} onSelect={onSignOut}>
          <LogOut aria-hidden="true" size={16} /> Sign out
        </Menu.Item>
      </Menu.Content>
    </Menu.Root>
  );
}

/** A setting that is on or off; the menu stays open to show the change. */
function Choice({
  label,
  checked,
  onChange,
}: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    <Menu.CheckboxItem
      checked={checked}
      className={ITEM}
      onCheckedChange={onChange}
      onSelect={(event) => event.preventDefault()}
    >
      <span className="flex-1">{label}</span>
      <Menu.ItemIndicator>
        <Check aria-hidden="true" className="text-accent-text" size={16} />
      </Menu.ItemIndicator>
    </Menu.CheckboxItem>
  );
}
