import { type PointerEvent, useRef } from 'react';

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
}

/** Calls `pressed` after a long press on the element. */
export function useLongPress(pressed: () => void): LongPress {
  const press = useRef<{ x: number; y: number; timer: ReturnType<typeof setTimeout> }>(undefined);
  function end(): void {
    clearTimeout(press.current?.timer);
    press.current = undefined;
  }
  return {
    onPointerDown({ pointerType, clientX: x, clientY: y }) {
      end();
      if (pointerType === 'mouse') return;
      press.current = { x, y, timer: setTimeout(pressed, LONG_PRESS_MS) };
    },
    onPointerMove({ clientX, clientY }) {
      const { x = clientX, y = clientY } = press.current ?? {};
      if (Math.hypot(clientX - x, clientY - y) > STILL_PX) end();
    },
    onPointerUp: end,
    onPointerCancel: end,
  };
}
