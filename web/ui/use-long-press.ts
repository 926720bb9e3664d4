import { type PointerEvent, type SyntheticEvent, useRef } from 'react';

/** The duration of a long press on the common platforms. */
const LONG_PRESS_MS = 500;
/** A finger that moves this far scrolls. */
const STILL_PX = 10;

/** The handlers that detect a long press of a finger; a mouse never triggers them. */
export interface LongPress {
  onPointerDown(event: PointerEvent): void;
  onPointerMove(event: PointerEvent): void;
  onPointerUp(): void;
  onPointerCancel(): void;
  onContextMenu(event: SyntheticEvent): void;
  onTouchEnd(event: SyntheticEvent): void;
}

/**
 * Calls `pressed` after a long press on the element. The browser then opens no menu of its own, and a finger that lifts
 * neither clicks nor moves the focus, which would close what the press has opened.
 */
export function useLongPress(pressed: () => void): LongPress {
  const press = useRef<{ x: number; y: number; timer: ReturnType<typeof setTimeout> }>(undefined);
  const wasLong = useRef(false);
  function end(): void {
    clearTimeout(press.current?.timer);
    press.current = undefined;
  }
  function hold(): void {
    end();
    wasLong.current = true;
    pressed();
  }
  return {
    onPointerDown({ pointerType, clientX: x, clientY: y, target, currentTarget }) {
      end();
      wasLong.current = false;
      if (pointerType === 'mouse') return;
      // Overlays are children of a message for React, but stand elsewhere: a finger on them is not on the message.
      if (!(target instanceof Node) || !currentTarget.contains(target)) return;
      press.current = { x, y, timer: setTimeout(hold, LONG_PRESS_MS) };
    },
    onPointerMove({ clientX, clientY }) {
      const { x = clientX, y = clientY } = press.current ?? {};
      if (Math.hypot(clientX - x, clientY - y) > STILL_PX) end();
    },
    onPointerUp: end,
    onPointerCancel: end,
    onContextMenu(event) {
      // Some systems take less time for a long press, and then cancel the pointer.
      if (press.current) hold();
      if (wasLong.current) event.preventDefault();
    },
    onTouchEnd(event) {
      if (wasLong.current) event.preventDefault();
    },
  };
}
