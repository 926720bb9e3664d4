import { useSyncExternalStore } from 'react';

/** Two columns from this width on; the same as `--breakpoint-desktop` of the tokens. */
export const DESKTOP = '(min-width: 48rem)';
/** Fingers, not a mouse: Enter breaks the line there, because the send button is under the thumb. */
export const TOUCH = '(pointer: coarse)';

/** Whether a media query holds, now and whenever it changes. */
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
