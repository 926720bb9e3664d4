import { forgetting } from '../realtime/forgetting.ts';
import { oweSignOut } from './owed-sign-out.ts';
import { rememberUser } from './remembered-user.ts';

/**
 * Signs a user out on this machine while the server cannot be reached: deletes their data, leaves the page, and ends the
 * session at the next contact.
 */
export async function signOutHere(userId: string): Promise<void> {
  oweSignOut(userId);
  rememberUser(undefined);
  await forgetting.forgetPerson(userId);
  location.assign('/');
}
