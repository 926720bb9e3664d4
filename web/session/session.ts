/** Who uses the page, as everything outside `web/session` knows it. Only `web/session` imports Clerk. */
export type Session =
  | { state: 'loading' }
  /** Clerk could not be loaded or the server is not configured; `detail` is a sentence for people. */
  | { state: 'unavailable'; detail: string }
  | { state: 'signed-out'; demo: readonly string[]; continueAs(name: string): Promise<void> }
  | {
      state: 'signed-in';
      userId: string;
      /** A session JWT, fresh enough to be sent now. `fresh` asks Clerk for a new one. Undefined if the session has ended. */
      getToken(options?: { fresh?: boolean }): Promise<string | undefined>;
      /**
       * Ends the session, and forgets the person on this machine; rejects, and deletes nothing, if the server cannot be
       * reached. `isOver`: the server has ended it already. Somebody else who has signed in meanwhile stays.
       */
      signOut(options?: { isOver?: boolean }): Promise<void>;
    };

/** The session of somebody who is signed in; the same object until that changes. */
export type SignedIn = Extract<Session, { state: 'signed-in' }>;
