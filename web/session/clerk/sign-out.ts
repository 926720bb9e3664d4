import { forgetting } from '../../realtime/forgetting.ts';
import { type EndingClerk, endSession } from '../end-session.ts';
import { oweSignOut } from '../owed-sign-out.ts';
import { rememberUser } from '../remembered-user.ts';
import { endFailureOf } from './end-failure.ts';
import { leaving } from './leaving.ts';

/** The sign-outs that are running, by user. */
const running = new Map<string, Promise<void>>();

/**
 * Ends a user's session as `endSession` does, and leaves the page if it was theirs. `isOver`: the server has ended it.
 * A sign-out closes the user's sockets, which report the end of the session in turn: that waits for the first one. A second
 * request would still be on its way when the page is left, and could end the session of the next sign-in.
 */
export async function signOut(clerk: EndingClerk, userId: string, isOver: boolean): Promise<void> {
  const first = running.get(userId);
  if (first) {
    const hasEnded = await first.then(
      () => true,
      () => false,
    );
    // Clerk refused the user's own sign-out; what the server has ended must go all the same.
    if (hasEnded || !isOver) return first;
  }
  const own = end(clerk, userId, isOver).finally(() => running.delete(userId));
  running.set(userId, own);
  return own;
}

async function end(clerk: EndingClerk, userId: string, isOver: boolean): Promise<void> {
  const { forgetPerson } = forgetting;
  const owe = (who: string) => {
    oweSignOut(who);
    rememberUser(undefined);
  };
  const ending = { userId, clerk, isOver, forgetPerson, owe, failureOf: endFailureOf };
  if (clerk.user?.id !== userId) return endSession(ending);
  leaving.begin();
  try {
    await endSession(ending);
  } catch (error) {
    if (clerk.user?.id === userId) leaving.cancel();
    // The session has ended, and only deleting the local data failed.
    else leave();
    throw error;
  }
  leave();
}

function leave(): void {
  rememberUser(undefined);
  // The cookie with which the browser fetches files.
  void fetch('/api/files/session', { method: 'DELETE', keepalive: true }).catch(() => undefined);
  // "Back" may bring the page back as it was left.
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) location.reload();
  });
  location.assign('/');
}
