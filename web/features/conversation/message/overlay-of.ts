import type { RefObject } from 'react';

/** A ref to the button that opened an overlay. */
export type OpeningButton = RefObject<HTMLButtonElement | null>;

/** The props that tie a menu or popover to the button that opened it and stands outside it. */
export interface OverlayOf {
  onCloseAutoFocus(event: Event): void;
  onPointerDownOutside(event: Event): void;
}

/**
 * Ties an overlay to its button: a click on the button closes the overlay and does not open it again. The focus returns to
 * the message if the user reached it by keyboard, so that its shortcuts work again, else to the button.
 */
export function overlayOf(button: OpeningButton): OverlayOf {
  return {
    onCloseAutoFocus(event) {
      event.preventDefault();
      const row = button.current?.closest<HTMLElement>('[data-message][tabindex="0"]');
      // Focus that has moved elsewhere, such as to the field of an edit, stays there.
      if (document.activeElement !== document.body) return;
      (row ?? button.current)?.focus({ preventScroll: true });
    },
    onPointerDownOutside(event) {
      const { target } = event;
      if (target instanceof Node && button.current?.contains(target)) event.preventDefault();
    },
  };
}

/** The landmark of the button: the overlay belongs there, for users who navigate by landmarks. */
export function partOf(button: OpeningButton): Element | null {
  return button.current?.closest('main, aside') ?? null;
}
