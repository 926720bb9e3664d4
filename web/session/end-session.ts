/** The part of Clerk that ends a session. */
export interface EndingClerk {
  /** The user who is signed in now. */
  readonly user: { id: string } | null | undefined;
  readonly session: { touch(): Promise<unknown> } | null | undefined;
  signOut(ended: () => Promise<void>): Promise<void>;
}

/** The session to end, and what ending it needs. */
export interface Ending {
  userId: string;
  clerk: EndingClerk;
  /** The server has ended it already: the local data is deleted even if Clerk cannot be reached. */
  isOver: boolean;
  forgetPerson(userId: string): Promise<void>;
  /** Whether an error of `touch` is an answer of Clerk's, and not a lost network. */
  isAnswer(error: unknown): boolean;
}

/**
 * Ends a user's session and deletes their data on this machine, in this order: if the session cannot be ended, the data
 * stays. Leaves the session of another user who has signed in since. Rejects if Clerk cannot be reached.
 */
export async function endSession(ending: Ending): Promise<void> {
  const { userId, clerk, isOver, forgetPerson } = ending;
  if (isOver) await forgetPerson(userId);
  if (clerk.user?.id !== userId) {
    if (!isOver) await forgetPerson(userId);
    return;
  }
  if (!isOver) await reach(ending);
  await clerk.signOut(() => forgetPerson(userId));
}

/** Makes sure that Clerk answers, because its `signOut` takes a lost network for success. */
async function reach({ clerk, isAnswer }: Ending): Promise<void> {
  if (!navigator.onLine) throw new Error('the session cannot be ended without a network');
  await clerk.session?.touch().catch((error: unknown) => {
    if (!isAnswer(error)) throw error;
  });
}
