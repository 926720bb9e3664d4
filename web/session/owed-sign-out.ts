import { UserId } from '../../protocol/ids.ts';

/**
 * A user who signed out without a network: their data is deleted here, but only the server can end the session. It is owed
 * until the next contact. `web/public/first-paint.js` reads it, too.
 */
const NAME = 'edgewise.owed-sign-out';

/** The id of the user whose session must end; undefined if none is owed. */
export function owedSignOut(): string | undefined {
  try {
    return UserId.safeParse(localStorage.getItem(NAME)).data;
  } catch {
    return undefined;
  }
}

/** Remembers that this user's session must end; undefined once it has. */
export function oweSignOut(userId: string | undefined): void {
  try {
    if (userId === undefined) localStorage.removeItem(NAME);
    else localStorage.setItem(NAME, userId);
  } catch (error) {
    console.warn('The sign-out could not be kept for the next contact:', error);
  }
}
