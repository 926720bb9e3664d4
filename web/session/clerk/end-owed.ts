import { type EndingClerk, removeSession } from '../end-session.ts';
import { oweSignOut } from '../owed-sign-out.ts';

/**
 * Ends the session of a user who signed out without a network. Returns whether it ended: if Clerk refuses, it stays owed for
 * the next load, and must not be used.
 */
export async function endOwed(clerk: EndingClerk): Promise<boolean> {
  try {
    await removeSession(clerk);
    await clerk.setActive({ session: null });
    oweSignOut(undefined);
    return true;
  } catch (error) {
    console.warn('The sign-out is owed until the next visit:', error);
    return false;
  }
}
