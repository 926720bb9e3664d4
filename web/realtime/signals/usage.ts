/** Whether the page is used. */
export interface Usage {
  /**
   * Calls `used` on input, `hidden` when the page is hidden or left, and `left` after it when the page is left, until
   * the returned function is called.
   */
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
