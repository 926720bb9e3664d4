import { forgetting } from '../../realtime/forgetting.ts';
import { type EndingClerk, endSession } from '../end-session.ts';
import { oweSignOut } from '../owed-sign-out.ts';
import { rememberUser } from '../remembered-user.ts';
import { endFailureOf } from './end-failure.ts';

/** Ends a user's session as `endSession` does, and leaves the page if it was theirs. `isOver`: the server has ended it. */
export async function signOut(clerk: EndingClerk, userId: string, isOver: boolean): Promise<void> {
  const { forgetPerson } = forgetting;
  const wasMine = clerk.user?.id === userId;
  const owe = (who: string) => {
    oweSignOut(who);
    rememberUser(undefined);
  };
  await endSession({ userId, clerk, isOver, forgetPerson, owe, failureOf: endFailureOf });
  if (wasMine) location.assign('/');
}
