/** What is used of Clerk to end a session. */
export interface EndingClerk {
  /** Who is signed in now. */
  readonly user: { id: string } | null | undefined;
  readonly session: { touch(): Promise<unknown> } | null | undefined;
  signOut(ended: () => Promise<void>): Promise<void>;
}

/** How a session is ended, and what of it is somebody else's business. */
export interface Ending {
  userId: string;
  clerk: EndingClerk;
  /** The server has ended it already: what is kept goes, whether or not Clerk can be told. */
  isOver: boolean;
  forgetPerson(userId: string): Promise<void>;
  /** Whether what `touch` rejected with is Clerk's own answer, and not a lost network. */
  isAnswer(error: unknown): boolean;
}

/**
 * Ends a person's session and forgets them on this machine: in this order, because what is deleted for a session that goes
 * on is lost for nothing. Leaves alone whoever else has signed in meanwhile. Rejects if Clerk cannot be reached.
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

/** Clerk's `signOut` takes a lost network for success: it must have answered just before. */
async function reach({ clerk, isAnswer }: Ending): Promise<void> {
  if (!navigator.onLine) throw new Error('the session cannot be ended without a network');
  await clerk.session?.touch().catch((error: unknown) => {
    if (!isAnswer(error)) throw error;
  });
}
