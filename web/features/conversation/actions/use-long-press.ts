import { type PointerEvent, useRef } from 'react';

/** Longer than a tap, shorter than patience; the same as the platforms'. */
const LONG_PRESS_MS = 500;
/** A finger that moves so far scrolls. */
const STILL_PX = 10;

/** What an element needs in order to hear that a finger rests on it. A mouse has its own ways. */
export interface LongPress {
  onPointerDown(event: PointerEvent): void;
  onPointerMove(event: PointerEvent): void;
  onPointerUp(): void;
  onPointerCancel(): void;
}

/** Calls `pressed` when a finger rests on the element. */
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
