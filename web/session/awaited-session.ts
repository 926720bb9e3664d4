import type { SignedIn } from './session.ts';

/**
 * The session of somebody who was signed in when the page was last used, while the server cannot be asked: they read what
 * this machine keeps, and what they write waits. It goes on as the real one once that has `arrived`, so that nothing that
 * was opened with it is opened again.
 */
export class AwaitedSession implements SignedIn {
  readonly state = 'signed-in';
  readonly userId: string;
  #real: SignedIn | undefined;

  constructor(userId: string) {
    this.userId = userId;
  }

  /** The server could be asked, and it is still the same person. */
  arrived(real: SignedIn): void {
    this.#real = real;
  }

  /** Rejects until then: whether the session has ended is not known, and to say so would stop whatever asks. */
  readonly getToken: SignedIn['getToken'] = async (options) => {
    if (!this.#real) throw new Error('the session cannot be asked for without a network');
    return this.#real.getToken(options);
  };

  /** Rejects until then: a session can only be ended where the server is reached. */
  readonly signOut: SignedIn['signOut'] = async (options) => {
    if (this.#real) return this.#real.signOut(options);
    throw new Error('the session cannot be ended without a network');
  };
}
