import {
  CheckCheck,
  Compass,
  Keyboard,
  LogOut,
  MessagesSquare,
  Moon,
  PanelRight,
  PenLine,
  Pin,
  Plus,
  Settings,
  Smile,
  Sun,
} from 'lucide-react';
import { navigate } from 'wouter/use-browser-location';
import { chooseTheme, readTheme } from '../../ui/look.ts';
import { usePanel } from '../use-panel.ts';
import type { Command } from './choice.ts';

/** The dialogs that only commands and menus open. */
export type CommandDialog = 'status' | 'shortcuts' | 'sign-out';

/** What the switcher can do beside leading to groups and people. */
export function useCommands({
  isInGroup,
  mayJoin,
  onCreate,
  onWrite,
  onDialog,
  onReadAll,
}: {
  /** A group is open. */
  isInGroup: boolean;
  /** I may create groups and join public ones. */
  mayJoin: boolean;
  /** Opens the dialog that creates a group. */
  onCreate: () => void;
  /** Opens the dialog that starts a conversation. */
  onWrite: () => void;
  onDialog: (dialog: CommandDialog) => void;
  onReadAll: () => void;
}): Command[] {
  const panel = usePanel();
  const ofGroup: Command[] = [
    {
      name: 'Threads of this group',
      Icon: MessagesSquare,
      run: () => panel.open({ type: 'threads' }),
    },
    { name: 'Pinned messages', Icon: Pin, run: () => panel.open({ type: 'pins' }) },
    {
      name: 'Details and members',
      words: ['Notifications', 'Mute'],
      Icon: PanelRight,
      run: () => panel.open({ type: 'details' }),
    },
  ];
  const ofJoining: Command[] = [
    { name: 'Create a group', words: ['New group'], Icon: Plus, run: onCreate },
    {
      name: 'Browse groups',
      words: ['Join a group', 'Public groups'],
      Icon: Compass,
      run: () => navigate('/browse'),
    },
  ];
  return [
    {
      name: 'New message',
      words: ['Direct message', 'Write to'],
      Icon: PenLine,
      run: onWrite,
    },
    {
      name: 'Threads',
      words: ['Replies', 'Unread threads'],
      Icon: MessagesSquare,
      run: () => navigate('/threads'),
    },
    ...(mayJoin ? ofJoining : []),
    { name: 'Mark all as read', words: ['Everything', 'Unread'], Icon: CheckCheck, run: onReadAll },
    ...(isInGroup ? ofGroup : []),
    { name: 'Set a status', words: ['Away'], Icon: Smile, run: () => onDialog('status') },
    themeCommand(),
    {
      name: 'Keyboard shortcuts',
      words: ['Help', 'Keys'],
      Icon: Keyboard,
      run: () => onDialog('shortcuts'),
    },
    {
      name: 'Settings',
      words: ['Preferences', 'Profile', 'Account'],
      Icon: Settings,
      run: () => navigate('/settings'),
    },
    { name: 'Sign out', words: ['Log out'], Icon: LogOut, run: () => onDialog('sign-out') },
  ];
}

/** Changes to the theme that the page does not have now. */
function themeCommand(): Command {
  const chosen = readTheme();
  const isDark =
    chosen === 'system'
      ? window.matchMedia('(prefers-color-scheme: dark)').matches
      : chosen === 'dark';
  return {
    name: isDark ? 'Light theme' : 'Dark theme',
    words: ['Toggle theme', 'Appearance', 'Mode'],
    Icon: isDark ? Sun : Moon,
    run: () => chooseTheme(isDark ? 'light' : 'dark'),
  };
}
