import { Bell, BellOff, Keyboard, type LucideIcon, Palette, UserRound } from 'lucide-react';
import type { ComponentType } from 'react';
import { NotificationSettings } from '../../features/notifications/notification-settings.tsx';
import { DoNotDisturbSettings } from '../../features/people/do-not-disturb-settings.tsx';
import { AccountSettings } from '../../features/settings/account-settings.tsx';
import { AppearanceSettings } from '../../features/settings/appearance-settings.tsx';
import { WritingSettings } from '../../features/settings/writing-settings.tsx';

interface Section {
  /** In the address: `/settings/appearance`. */
  path: string;
  title: string;
  Icon: LucideIcon;
  Content: ComponentType;
}

/** The sections of the settings, in their order. */
export const SECTIONS: readonly [Section, ...Section[]] = [
  { path: 'appearance', title: 'Appearance', Icon: Palette, Content: AppearanceSettings },
  { path: 'writing', title: 'Writing', Icon: Keyboard, Content: WritingSettings },
  {
    path: 'notifications',
    title: 'Notifications',
    Icon: Bell,
    Content: NotificationSettings,
  },
  {
    path: 'do-not-disturb',
    title: 'Do not disturb',
    Icon: BellOff,
    Content: DoNotDisturbSettings,
  },
  { path: 'account', title: 'Account', Icon: UserRound, Content: AccountSettings },
];
