import type { EndingClerk } from '../end-session.ts';
import { oweSignOut } from '../owed-sign-out.ts';

/** Ends the session of a user who signed out without a network. If Clerk refuses, it stays owed for the next load. */
export async function endOwed(clerk: EndingClerk): Promise<void> {
  try {
    await clerk.client?.removeSessions();
    await clerk.setActive({ session: null });
    oweSignOut(undefined);
  } catch (error) {
    console.warn('The sign-out is owed until the next visit:', error);
  }
}
