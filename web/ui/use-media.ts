import { useSyncExternalStore } from 'react';

/** From this width on the page has two columns; equals `--breakpoint-desktop` of the tokens. */
export const DESKTOP = '(min-width: 48rem)';
/** A touch screen: Enter breaks the line there, because the send button is under the thumb. */
export const TOUCH = '(pointer: coarse)';

/** Whether a media query matches; renders again when that changes. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = window.matchMedia(query);
      media.addEventListener('change', changed);
      return () => media.removeEventListener('change', changed);
    },
    () => window.matchMedia(query).matches,
  );
}
