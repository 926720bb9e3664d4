import { storedUser, storeUser } from './stored-user.ts';

/**
 * A user who signed out without a network: their data is deleted here, but only the server can end the session. It is owed
 * until the next contact. `web/public/first-paint.js` reads it, too.
 */
const NAME = 'edgewise.owed-sign-out';

/** The id of the user whose session must end; undefined if none is owed. */
export const owedSignOut = (): string | undefined => storedUser(NAME);

/** Remembers that this user's session must end; undefined once it has. */
export const oweSignOut = (userId: string | undefined): void => storeUser(NAME, userId);
