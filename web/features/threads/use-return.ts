import { type RefObject, useEffect, useLayoutEffect } from 'react';
import * as z from 'zod/mini';
import { type KeptPlace, keepPlace, keptPlace } from '../conversation/list/kept-place.ts';

const NAME = 'threads';
/** What the browser's history stores for an entry on which the threads were shown. */
const SEEN = { sawThreads: true };
const Seen = z.object({ sawThreads: z.literal(true) });

/** The cards that were in view when the user left the threads to which "Back" now leads; empty on a new visit. */
export function returnedTo(): readonly KeptPlace[] {
  return Seen.safeParse(history.state).success ? keptPlace(NAME) : [];
}

/** Scrolls a list of threads, once it is filled, to where the user left it, and remembers where they leave it next. */
export function useReturn(
  list: RefObject<HTMLElement | null>,
  before: readonly KeptPlace[],
  isFilled: boolean,
): void {
  useEffect(() => history.replaceState(SEEN, ''), []);
  useLayoutEffect(() => {
    const region = list.current;
    if (!isFilled || !region) return;
    // The place of a card that is gone passes to the next one.
    const first = before.find(({ key }) => topOf(region, key) !== undefined);
    if (first) region.scrollTop += (topOf(region, first.key) ?? 0) - first.top;
    return () => keepPlace(NAME, inView(region));
  }, [list, before, isFilled]);
}

function cardsIn(region: HTMLElement): HTMLElement[] {
  return [...region.querySelectorAll<HTMLElement>('[data-card]')];
}

/** The distance of a card's top from that of the list, px; undefined if it is not there. */
function topOf(region: HTMLElement, key: string): number | undefined {
  const card = cardsIn(region).find(({ dataset }) => dataset['card'] === key);
  return card && card.getBoundingClientRect().top - region.getBoundingClientRect().top;
}

function inView(region: HTMLElement): KeptPlace[] {
  return cardsIn(region).flatMap((card) => {
    const { top, bottom } = card.getBoundingClientRect();
    const { top: start, bottom: end } = region.getBoundingClientRect();
    const key = card.dataset['card'];
    return key !== undefined && bottom >= start && top <= end ? { key, top: top - start } : [];
  });
}
