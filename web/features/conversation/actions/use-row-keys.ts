import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { latinKey } from '../../../ui/latin-key.ts';
import type { KeyedList } from './row-keys.ts';

/** The keys that may mean something on a message. */
const MEANT = /^(?:[ejkpru+=]|Arrow(?:Down|Up)|Backspace|Delete)$/;

/** The keyboard handling of a list of messages. */
export interface RowKeys {
  /** The key of the message that Tab and the shortcuts reach; undefined before the first. */
  activeKey: string | undefined;
  /** Makes another message the one that they reach. */
  activate(key: string): void;
  /** The handler of the list element; key events of messages bubble to it. */
  onKeyDown(event: KeyboardEvent): void;
}

let code: typeof import('./row-keys.ts') | undefined;

/**
 * Moves the focus between messages, and runs the commands of shortcuts on the focused one, if permitted. What the keys do
 * loads after the first frame; keys that are pressed before are held.
 */
export function useRowKeys(list: Omit<KeyedList, 'activeKey' | 'focus'>): RowKeys {
  const [activeKey, activate] = useState<string>();
  const wanted = useRef<{ key: string; region: Element }>(undefined);
  const keyed = { ...list, activeKey, focus };
  const latest = useRef(keyed);

  useLayoutEffect(() => {
    latest.current = keyed;
  });

  useLayoutEffect(() => {
    if (!wanted.current || wanted.current.key !== activeKey) return;
    // Before this render the row was not in the tab order, and perhaps not in the page.
    rowIn(wanted.current.region, activeKey)?.focus({ preventScroll: true });
    wanted.current = undefined;
  }, [activeKey]);

  function focus(key: string, region: Element): void {
    if (key === activeKey) {
      rowIn(region, key)?.focus({ preventScroll: true });
      return;
    }
    wanted.current = { key, region };
    activate(key);
  }

  function hold(key: string, region: Element): boolean {
    if (!MEANT.test(key)) return false;
    import('./row-keys.ts').then(
      (file) => {
        code = file;
        // Where the keys before it have led.
        const press = { key, region, isOnRow: isRow(document.activeElement) };
        flushSync(() => file.pressRowKey(press, latest.current));
      },
      () => undefined,
    );
    return true;
  }

  return {
    activeKey,
    activate,
    onKeyDown(event) {
      const { target, currentTarget: region } = event;
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
      const isOnRow = isRow(target);
      // Buttons and fields inside a message handle keys themselves.
      if (!isOnRow && target !== region) return;
      const key = latinKey(event);
      const isMeant = code
        ? code.pressRowKey({ key, region, isOnRow }, latest.current)
        : hold(key, region);
      if (isMeant) event.preventDefault();
    },
  };
}

function isRow(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.dataset['message'] !== undefined;
}

function rowIn(region: Element, key: string | undefined): HTMLElement | null {
  return region.querySelector<HTMLElement>(`[data-message="${key}"]`);
}
