/** Whether somebody was signed in here when the page was last used: says which shape to paint before the session is known. */
const NAME = 'edgewise.was-signed-in';

export function readWasSignedIn(): boolean {
  try {
    return localStorage.getItem(NAME) === '1';
  } catch {
    return false;
  }
}

/** Remembers it for the next load. */
export function writeWasSignedIn(isSignedIn: boolean): void {
  try {
    if (isSignedIn) localStorage.setItem(NAME, '1');
    else localStorage.removeItem(NAME);
  } catch {
    // Without storage the next load paints the calmer shape first: nothing is lost.
  }
}
