import { SESSION_RETURNED } from '../../session/awaited-session.ts';

/** Whether the page is online and visible. */
export interface Wake {
  isOnline(): boolean;
  /**
   * Calls back when the browser goes online or offline, the tab becomes visible, or the session returns, until the returned
   * function is called.
   */
  watch(changed: () => void): () => void;
}

/** When the browser says that it is online again, the session may still be missing, and a connection cannot begin without it. */
const CHANGES = ['online', 'offline', SESSION_RETURNED];

/** The state of this page. */
export const pageWake: Wake = {
  isOnline: () => navigator.onLine,
  watch(changed) {
    const seen = (): void => {
      if (document.visibilityState === 'visible') changed();
    };
    for (const type of CHANGES) window.addEventListener(type, changed);
    document.addEventListener('visibilitychange', seen);
    return () => {
      for (const type of CHANGES) window.removeEventListener(type, changed);
      document.removeEventListener('visibilitychange', seen);
    };
  },
};
