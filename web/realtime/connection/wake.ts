/** Whether the page is online and visible. */
export interface Wake {
  isOnline(): boolean;
  /**
   * Calls back when the browser goes online or offline, or the tab becomes visible, until the returned function is
   * called.
   */
  watch(changed: () => void): () => void;
}

/** The state of this page. */
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
