import { type RefObject, useEffect, useState } from 'react';
import { latinKey } from '../../ui/latin-key.ts';
import { isOverlayOpen } from '../../ui/overlays/is-overlay-open.ts';

const STEPS: Readonly<Record<string, 1 | -1>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

/**
 * Moves the focus between the cards (`data-card`) of a list: J, K and the arrows, from a card, from the list, or from nowhere;
 * Enter opens the focused one. Returns the card that Tab reaches; undefined before the first key.
 */
export function useCardKeys(
  list: RefObject<HTMLElement | null>,
  open: (card: string) => void,
): string | undefined {
  const [active, setActive] = useState<string>();
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const { target } = event;
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
      if (!(target instanceof HTMLElement) || !list.current || isOverlayOpen()) return;
      const card = target.dataset['card'];
      // Buttons and links handle keys themselves.
      if (card === undefined && target !== list.current && target !== document.body) return;
      const step = STEPS[latinKey(event)];
      if (step !== undefined) move(list.current, card, step);
      else if (event.key === 'Enter' && card !== undefined) open(card);
      else return;
      event.preventDefault();
    }
    function move(region: HTMLElement, from: string | undefined, step: 1 | -1): void {
      const cards = [...region.querySelectorAll<HTMLElement>('[data-card]')];
      const at = cards.findIndex(({ dataset }) => dataset['card'] === (from ?? active));
      // The first key reaches the card where the keys were last, or the first one.
      const next = cards[from === undefined ? Math.max(at, 0) : at + step];
      next?.focus({ preventScroll: true });
      next?.scrollIntoView({ block: 'nearest' });
      setActive(next?.dataset['card'] ?? active);
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [list, open, active]);
  return active;
}
