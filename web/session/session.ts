/** The session of the page, independent of Clerk: only `web/session` imports Clerk. */
export type Session =
  | { state: 'loading' }
  /** Clerk could not be loaded or the server is not configured; `detail` is a sentence for the user. */
  | { state: 'unavailable'; detail: string }
  | { state: 'signed-out'; demo: readonly string[]; continueAs(name: string): Promise<void> }
  | {
      state: 'signed-in';
      userId: string;
      /**
       * A session JWT that is valid now. `fresh` fetches a new one from Clerk; what `isPatient` does not make Clerk load
       * before the page shows what it has cached. Undefined if the session has ended.
       */
      getToken(options?: { fresh?: boolean; isPatient?: boolean }): Promise<string | undefined>;
      /**
       * Ends the session and deletes the user's data on this machine; if the server refuses, rejects and deletes nothing. If
       * it cannot be reached, the data is deleted and the session ends at the next contact. `isOver`: the server has ended it
       * already. Another user who has signed in since stays signed in.
       */
      signOut(options?: { isOver?: boolean }): Promise<void>;
    };

/** The session of a signed-in user; the same object until it changes. */
export type SignedIn = Extract<Session, { state: 'signed-in' }>;
