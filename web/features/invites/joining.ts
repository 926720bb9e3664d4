/** The code that a visitor was shown: signing in on that page means joining, and takes them to other pages and back. */
const NAME = 'edgewise.joining';

/** Remembers in this tab that its visitor signs in to join by this code. */
export function rememberJoining(code: string): void {
  try {
    sessionStorage.setItem(NAME, code);
  } catch {
    // Some private windows refuse storage. Then it takes one more press of a button.
  }
}

/** Whether this tab's user has signed in to join by this code. True only once: a link must not join anyone by itself. */
export function takeJoining(code: string): boolean {
  try {
    if (sessionStorage.getItem(NAME) !== code) return false;
    sessionStorage.removeItem(NAME);
    return true;
  } catch {
    return false;
  }
}
