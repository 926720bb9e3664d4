import type { SignedIn } from './session.ts';

/**
 * The session of the user who was signed in on the last visit, while the server cannot be reached: they read the cache, and
 * their messages wait in the outbox. It delegates to the real session once that has `arrived`, so that open groups stay open.
 */
export class AwaitedSession implements SignedIn {
  readonly state = 'signed-in';
  readonly userId: string;
  #real: SignedIn | undefined;

  constructor(userId: string) {
    this.userId = userId;
  }

  /** The server has confirmed the session of the same user. */
  arrived(real: SignedIn): void {
    this.#real = real;
  }

  /** Rejects until the real session arrives: `undefined` would mean that the session has ended. */
  readonly getToken: SignedIn['getToken'] = async (options) => {
    if (!this.#real) throw new Error('the session cannot be asked for without a network');
    return this.#real.getToken(options);
  };

  /** Rejects until the real session arrives: only the server can end a session. */
  readonly signOut: SignedIn['signOut'] = async (options) => {
    if (this.#real) return this.#real.signOut(options);
    throw new Error('the session cannot be ended without a network');
  };
}
