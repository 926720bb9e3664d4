/** What the page knows of the network and of being looked at. */
export interface Wake {
  isOnline(): boolean;
  /** Calls back when the network may be there again, when it is gone, or when the tab is seen; the answer ends it. */
  watch(changed: () => void): () => void;
}

/** The wake of this page. */
export const pageWake: Wake = {
  isOnline: () => navigator.onLine,
  watch(changed) {
    const seen = (): void => {
      if (document.visibilityState === 'visible') changed();
    };
    window.addEventListener('online', changed);
    window.addEventListener('offline', changed);
    document.addEventListener('visibilitychange', seen);
    return () => {
      window.removeEventListener('online', changed);
      window.removeEventListener('offline', changed);
      document.removeEventListener('visibilitychange', seen);
    };
  },
};
