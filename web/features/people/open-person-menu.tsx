import { Check, LogOut, Monitor, Moon, Settings, Smile, Sun, Users } from 'lucide-react';
import * as Menu from 'radix-ui/dropdown-menu';
import { lazy, useState } from 'react';
import { Link } from 'wouter';
import type { User } from '../../../protocol/models.ts';
import { chooseTheme, readTheme, ThemeChoice } from '../../ui/look.ts';
import { Late } from '../../ui/overlays/late.tsx';
import { MENU_ITEM } from '../../ui/overlays/menu-item.ts';
import { PauseMenu } from './pause-menu.tsx';
import { PersonButton } from './person-button.tsx';

const SignOutDialog = lazy(() =>
  import('./sign-out-dialog.tsx').then((file) => ({ default: file.SignOutDialog })),
);
const StatusDialog = lazy(() =>
  import('./status-dialog.tsx').then((file) => ({ default: file.StatusDialog })),
);

const THEMES = [
  { choice: 'system', label: 'Like the system', Icon: Monitor },
  { choice: 'light', label: 'Light', Icon: Sun },
  { choice: 'dark', label: 'Dark', Icon: Moon },
] as const;

const ITEM = `${MENU_ITEM} text-default data-[highlighted]:text-strong`;

/**
 * The open person menu, and the dialogs that it opens; the click that opens it loads it. It stays in its landmark and, unlike a dialog, hides nothing from
 * screen readers.
 */
export function OpenPersonMenu({ me }: { me: User | undefined }) {
  const [theme, setTheme] = useState(readTheme);
  const [leaves, setLeaves] = useState(false);
  const [setsStatus, setSetsStatus] = useState(false);
  return (
    <>
      <Menu.Root defaultOpen modal={false} onOpenChange={() => setTheme(readTheme())}>
        <Menu.Trigger asChild>
          <PersonButton me={me} />
        </Menu.Trigger>
        <Menu.Content
          align="start"
          className="z-50 w-60 animate-enter rounded-card bg-overlay p-1.5 shadow-overlay"
          sideOffset={4}
        >
          <Menu.Item
            className={ITEM}
            disabled={me === undefined}
            onSelect={() => setSetsStatus(true)}
          >
            <Smile aria-hidden="true" size={16} /> Set a status
          </Menu.Item>
          <PauseMenu />
          <Menu.Item asChild className={ITEM}>
            <Link href="/people">
              <Users aria-hidden="true" size={16} /> People
            </Link>
          </Menu.Item>
          <Menu.Item asChild className={ITEM}>
            <Link href="/settings">
              <Settings aria-hidden="true" size={16} /> Settings
            </Link>
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
          <Menu.Item className={ITEM} onSelect={() => setLeaves(true)}>
            <LogOut aria-hidden="true" size={16} /> Sign out
          </Menu.Item>
        </Menu.Content>
      </Menu.Root>
      {setsStatus && me && (
        <Late>
          <StatusDialog me={me} onClose={() => setSetsStatus(false)} />
        </Late>
      )}
      {leaves && (
        <Late>
          <SignOutDialog onClose={() => setLeaves(false)} />
        </Late>
      )}
    </>
  );
}
