import type { RefObject } from 'react';

/** The button of a message that opened something. */
export type OpeningButton = RefObject<HTMLButtonElement | null>;

/** What a menu or popover needs in order to belong to the button that opened it, and that stands outside of it. */
export interface OverlayOf {
  onCloseAutoFocus(event: Event): void;
  onPointerDownOutside(event: Event): void;
}

/**
 * Ties an overlay to its button: a click on it closes and does not open anew, and the focus goes back to the message
 * where that was reached by keyboard, so that the next key is meant for it again, else to the button.
 */
export function overlayOf(button: OpeningButton): OverlayOf {
  return {
    onCloseAutoFocus(event) {
      event.preventDefault();
      const row = button.current?.closest<HTMLElement>('[data-message][tabindex="0"]');
      // Who has gone elsewhere meanwhile, to the field of an edit or another place, stays there.
      if (document.activeElement !== document.body) return;
      (row ?? button.current)?.focus({ preventScroll: true });
    },
    onPointerDownOutside(event) {
      const { target } = event;
      if (target instanceof Node && button.current?.contains(target)) event.preventDefault();
    },
  };
}

/** The part of the page that the button stands in: what opens from it belongs there, for who moves from part to part. */
export function partOf(button: OpeningButton): Element | null {
  return button.current?.closest('main, aside') ?? null;
}
