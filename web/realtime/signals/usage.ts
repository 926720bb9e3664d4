/** What the page knows of being used by its person. */
export interface Usage {
  /** Calls `used` when there was input, `hidden` when the page is hidden or left, and then `left` if it is; the answer ends it. */
  watch(on: { used: () => void; hidden: () => void; left: () => void }): () => void;
}

const INPUT = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

/** The usage of this page. */
export const pageUsage: Usage = {
  watch({ used, hidden, left }) {
    const changed = (): void => (document.visibilityState === 'hidden' ? hidden() : used());
    for (const type of INPUT) window.addEventListener(type, used, { passive: true });
    const going = (): void => {
      hidden();
      left();
    };
    window.addEventListener('pagehide', going);
    document.addEventListener('visibilitychange', changed);
    return () => {
      for (const type of INPUT) window.removeEventListener(type, used);
      window.removeEventListener('pagehide', going);
      document.removeEventListener('visibilitychange', changed);
    };
  },
};
