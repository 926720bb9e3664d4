import type { VirtualizerHandle } from 'virtua';
import type { Message } from '../../../../protocol/models.ts';
import type { Conversation } from '../conversation-context.ts';
import type { TimelineItem } from '../list/timeline-items.ts';
import { type Permitted, permitted } from '../permitted.ts';
import type { RowCommand } from './row-command.ts';

const STEPS: Readonly<Record<string, 1 | -1>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
const COMMANDS: Readonly<Record<string, { command: RowCommand; needs: keyof Permitted }>> = {
  r: { command: 'reply', needs: 'reply' },
  e: { command: 'edit', needs: 'edit' },
  u: { command: 'mark_unread', needs: 'markUnread' },
  p: { command: 'pin', needs: 'pin' },
  Delete: { command: 'delete', needs: 'delete' },
  // A Mac has Backspace where others have Delete.
  Backspace: { command: 'delete', needs: 'delete' },
};

/** A key that was pressed in a list of messages. */
export interface RowPress {
  /** As `latinKey` returns it. */
  key: string;
  /** The element of the list. */
  region: Element;
  /** It was pressed on a message, and not on the list itself. */
  isOnRow: boolean;
}

/** The list that a key is pressed in. */
export interface KeyedList {
  items: readonly TimelineItem[];
  /** The key of the message that Tab and the shortcuts reach; undefined before the first. */
  activeKey: string | undefined;
  list: React.RefObject<VirtualizerHandle | null>;
  conversation: Conversation;
  run: (command: RowCommand, message: Message) => void;
  /** Opens the reaction picker of a message. */
  react: (key: string) => void;
  letGo: () => void;
  /** Makes a message the active one and focuses it, as soon as it is in the page. */
  focus: (key: string, region: Element) => void;
}

/** Moves the focus, or runs the command of a shortcut on the focused message if permitted; returns whether it did. */
export function pressRowKey(press: RowPress, keyed: KeyedList): boolean {
  const { key, isOnRow } = press;
  const { items, activeKey, conversation, run, react } = keyed;
  const step = STEPS[key];
  if (step !== undefined) {
    move(step, press, keyed);
    return true;
  }
  const item = items.find((it) => it.key === activeKey);
  if (!isOnRow || item?.type !== 'message' || item.row.state !== 'sent') return false;
  const { message } = item.row;
  const allows = permitted(message, conversation);
  if ((key === '+' || key === '=') && allows.react) {
    react(item.key);
    return true;
  }
  const shortcut = COMMANDS[key];
  if (!shortcut || !allows[shortcut.needs]) return false;
  // The message is about to disappear, and the focus with it.
  if (shortcut.command === 'delete') move(-1, press, keyed);
  run(shortcut.command, message);
  return true;
}

function move(step: 1 | -1, { region, isOnRow }: RowPress, keyed: KeyedList): void {
  const { items, activeKey, list, letGo, focus } = keyed;
  const handle = list.current;
  if (!handle) return;
  const bottom = handle.scrollOffset + handle.viewportSize;
  // A key from outside the messages reaches one in view, wherever the focus was before.
  const from = isOnRow ? items.findIndex(({ key }) => key === activeKey) : -1;
  let index = from >= 0 ? from + step : handle.findItemIndex(bottom - 1);
  while (items[index] && items[index]?.type !== 'message') index += from >= 0 ? step : -1;
  const next = items[index];
  if (!next) return;
  letGo();
  handle.scrollToIndex(index, { align: 'nearest' });
  focus(next.key, region);
}
