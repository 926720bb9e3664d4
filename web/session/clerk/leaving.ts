let isLeaving = false;

/**
 * Whether the user is signing out, which leaves this page. Clerk has dropped the session a moment before: until the browser
 * loads the next page, this one stays as it is, because what someone does on a page for visitors would be lost.
 */
export const leaving = {
  get isTrue(): boolean {
    return isLeaving;
  },
  begin(): void {
    isLeaving = true;
  },
  /** The server refused, and the user stays signed in. */
  cancel(): void {
    isLeaving = false;
  },
};
