/** The part of Clerk that ends a session. */
export interface EndingClerk {
  /** The user who is signed in now. */
  readonly user: { id: string } | null | undefined;
  /** The session to end, and no other: the user may have signed in again meanwhile, in this tab or in another. */
  readonly session: { readonly status?: string; remove(): Promise<unknown> } | null | undefined;
  setActive(state: { session: null }): Promise<void>;
}

/** How a request to end a session failed: Clerk did not know it any more, refused, or could not be reached. */
export type EndFailure = 'over' | 'refused' | 'unreachable';

/** The session to end, and what ending it needs. */
export interface Ending {
  userId: string;
  clerk: EndingClerk;
  /** The server has ended it already: the local data is deleted even if Clerk refuses. */
  isOver: boolean;
  forgetPerson(userId: string): Promise<void>;
  /** Remembers that the session must end at the next contact. */
  owe(userId: string): void;
  failureOf(error: unknown): EndFailure;
}

/**
 * Ends a user's session and deletes their data on this machine, in this order: if Clerk refuses to end the session, it
 * rejects, and session and data stay. Without a network the data is deleted, and the session ends at the next contact.
 * Leaves the session of another user who has signed in since.
 */
export async function endSession(ending: Ending): Promise<void> {
  const { userId, clerk, isOver, forgetPerson, owe } = ending;
  if (isOver) await forgetPerson(userId);
  const isMine = clerk.user?.id === userId;
  const failure = isMine ? await remove(ending) : undefined;
  if (failure === 'unreachable') owe(userId);
  if (!isOver) await forgetPerson(userId);
  // Clerk's own `signOut` would drop the session from the page before it asks the server, which may refuse.
  if (isMine && failure !== 'unreachable') await clerk.setActive({ session: null });
}

/** Ends the session at Clerk. Rejects as Clerk does, and with a `TypeError`, as `fetch` does, if no answer came. */
export async function removeSession({ session }: EndingClerk): Promise<void> {
  await session?.remove();
  // Where Clerk believes that there is no network, it takes a request that failed for answered.
  if (session?.status === 'active') throw new TypeError('Clerk sent no answer');
}

async function remove({ clerk, isOver, failureOf }: Ending): Promise<EndFailure | undefined> {
  // Clerk's request would wait for the network.
  if (!navigator.onLine) return 'unreachable';
  try {
    await removeSession(clerk);
    return undefined;
  } catch (error) {
    const failure = failureOf(error);
    if (failure === 'refused' && !isOver) throw error;
    return failure;
  }
}
