import { readRememberedUser } from './remembered-user.ts';

/**
 * Whether this browser had a session when the page loaded, so that Clerk is loaded at once. `web/public/first-paint.js` finds
 * out before the first paint; where it could not run, the remembered user counts.
 */
export function isSessionExpected(): boolean {
  const isFound = document.documentElement.dataset['session'] === 'expected';
  return isFound || readRememberedUser() !== undefined;
}
