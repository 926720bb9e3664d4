import { type FocusEvent, type PointerEvent, useCallback, useMemo, useReducer } from 'react';
import type { TimelineItem } from '../list/timeline-items.ts';
import type { RowOverlay } from './row-toolbar.tsx';

/** The toolbar of a list: the message that has it, and what is open in it. */
export interface ShownToolbar {
  key: string;
  overlay: RowOverlay;
  /** A finger opened it: only the menu is seen. */
  isTouched: boolean;
}

/** The one toolbar of a list, and the handlers of the list element that move it. */
export interface RowToolbarState {
  shown: ShownToolbar | undefined;
  /** Opens a part of a message's toolbar, or closes it with `none`. */
  setOverlay(key: string, overlay: RowOverlay, isTouched?: boolean): void;
  handlers: {
    onPointerOver(event: PointerEvent): void;
    onPointerMove(event: PointerEvent): void;
    onPointerLeave(): void;
    onFocus(event: FocusEvent): void;
    onBlur(event: FocusEvent): void;
  };
}

/** What the pointer and the focus are at. All of it belongs to the list, so that two messages cannot both have a toolbar. */
interface Aim {
  hovered: string | undefined;
  /** Focused with the keyboard. */
  focused: string | undefined;
  /** The keyboard was used last: a pointer that rests over another message takes no toolbar away. */
  isByKeys: boolean;
  open: ShownToolbar | undefined;
}

const NOWHERE: Aim = { hovered: undefined, focused: undefined, isByKeys: false, open: undefined };

/** The toolbar of a list of messages: at the message whose overlay is open, else at the focused or hovered one. */
export function useRowToolbar(items: readonly TimelineItem[]): RowToolbarState {
  const [aim, move] = useReducer(moved, NOWHERE);
  const setOverlay = useCallback(
    (key: string, overlay: RowOverlay, isTouched = false) =>
      move({ open: overlay === 'none' ? undefined : { key, overlay, isTouched } }),
    [],
  );
  const handlers = useMemo(
    (): RowToolbarState['handlers'] => ({
      // Overlays are children of a message for React, but stand outside the list: the pointer over them is over no message.
      onPointerOver: ({ pointerType, target, currentTarget }) => {
        if (pointerType === 'mouse') move({ hovered: keyAt(target, currentTarget) });
      },
      // Messages that scroll below a resting pointer are no move of it.
      onPointerMove: ({ pointerType, movementX, movementY }) => {
        if (pointerType === 'mouse' && (movementX !== 0 || movementY !== 0))
          move({ isByKeys: false });
      },
      onPointerLeave: () => move({ hovered: undefined }),
      onFocus: ({ target, currentTarget }) => {
        const focused = target.matches(':focus-visible') ? keyAt(target, currentTarget) : undefined;
        move(focused === undefined ? { focused } : { focused, isByKeys: true });
      },
      // The focus may go to a button of the toolbar, which must not vanish before it arrives.
      onBlur: ({ relatedTarget, currentTarget }) =>
        move({ focused: keyAt(relatedTarget, currentTarget) }),
    }),
    [],
  );
  const { open } = aim;
  // A message that was deleted meanwhile must not keep the toolbar from all others.
  const isOpen = open !== undefined && items.some(({ key }) => key === open.key);
  return { shown: isOpen ? open : shownAt(aim), setOverlay, handlers };
}

function moved(aim: Aim, change: Partial<Aim>): Aim {
  const next = { ...aim, ...change };
  const isSame =
    next.hovered === aim.hovered &&
    next.focused === aim.focused &&
    next.isByKeys === aim.isByKeys &&
    next.open === aim.open;
  return isSame ? aim : next;
}

function shownAt({ hovered, focused, isByKeys }: Aim): ShownToolbar | undefined {
  const key = isByKeys ? (focused ?? hovered) : (hovered ?? focused);
  return key === undefined ? undefined : { key, overlay: 'none', isTouched: false };
}

/** The key of the message at an element of the list. */
function keyAt(target: EventTarget | null, list: Element): string | undefined {
  if (!(target instanceof Element) || !list.contains(target)) return undefined;
  return target.closest<HTMLElement>('[data-message]')?.dataset['message'];
}
