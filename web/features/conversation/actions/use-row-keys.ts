import { type KeyboardEvent, useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { VirtualizerHandle } from 'virtua';
import type { Message } from '../../../../protocol/models.ts';
import { latinKey } from '../../../ui/latin-key.ts';
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

/** The keyboard handling of a list of messages. */
export interface RowKeys {
  /** The key of the message that Tab and the shortcuts reach; undefined before the first. */
  activeKey: string | undefined;
  /** Makes another message the one that they reach. */
  activate(key: string): void;
  /** The handler of the list element; key events of messages bubble to it. */
  onKeyDown(event: KeyboardEvent): void;
}

/** Moves the focus between messages, and runs the commands of shortcuts on the focused one, if permitted. */
export function useRowKeys(
  items: readonly TimelineItem[],
  {
    list,
    conversation,
    run,
    letGo,
  }: {
    list: React.RefObject<VirtualizerHandle | null>;
    conversation: Conversation;
    run: (command: RowCommand, message: Message) => void;
    letGo: () => void;
  },
): RowKeys {
  const [activeKey, setActiveKey] = useState<string>();
  const wanted = useRef<{ key: string; region: Element }>(undefined);

  useLayoutEffect(() => {
    if (!wanted.current || wanted.current.key !== activeKey) return;
    // Before this render the row was not in the tab order, and perhaps not in the page.
    rowIn(wanted.current.region, activeKey)?.focus({ preventScroll: true });
    wanted.current = undefined;
  }, [activeKey]);

  const move = useCallback(
    (step: 1 | -1, region: Element, isOnRow: boolean) => {
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
      wanted.current = { key: next.key, region };
      if (next.key === activeKey) rowIn(region, activeKey)?.focus({ preventScroll: true });
      setActiveKey(next.key);
    },
    [items, activeKey, list, letGo],
  );

  return {
    activeKey,
    activate: setActiveKey,
    onKeyDown(event) {
      const { target, currentTarget } = event;
      const key = latinKey(event);
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
      const row = target instanceof HTMLElement && target.dataset['message'] !== undefined;
      // Buttons and fields inside a message handle keys themselves.
      if (!row && target !== currentTarget) return;
      const step = STEPS[key];
      if (step !== undefined) {
        event.preventDefault();
        move(step, currentTarget, row);
        return;
      }
      const item = items.find((it) => it.key === activeKey);
      if (!row || item?.type !== 'message' || item.row.state !== 'sent') return;
      const { message } = item.row;
      const allows = permitted(message, conversation);
      if ((key === '+' || key === '=') && allows.react) {
        event.preventDefault();
        target.querySelector<HTMLElement>('[data-command="react"]')?.click();
        return;
      }
      const shortcut = COMMANDS[key];
      if (!shortcut || !allows[shortcut.needs]) return;
      event.preventDefault();
      // The message is about to disappear, and the focus with it.
      if (shortcut.command === 'delete') move(-1, currentTarget, true);
      run(shortcut.command, message);
    },
  };
}

function rowIn(region: Element, key: string | undefined): HTMLElement | null {
  return region.querySelector<HTMLElement>(`[data-message="${key}"]`);
}
