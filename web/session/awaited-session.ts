import type { SignedIn } from './session.ts';

/** How long what can wait waits before the server is asked, ms: long enough for a slow phone to show what it has cached. */
const PATIENCE_MS = 1_000;

/**
 * The session of the user who was signed in on the last visit, until the server confirms it: they read the cache, and their
 * messages wait in the outbox. It delegates to the real session once that has `arrived`, so that open groups stay open.
 */
export class AwaitedSession implements SignedIn {
  readonly state = 'signed-in';
  readonly userId: string;
  readonly #wanted: () => void;
  readonly #signOutHere: (userId: string) => Promise<void>;
  #isUnreachable = false;
  #arrival = newArrival();

  /**
   * `wanted` is called, perhaps repeatedly, when something needs the real session; `signOutHere` signs the user out on this
   * machine alone, while the server cannot be reached.
   */
  constructor(
    userId: string,
    { wanted, signOutHere }: { wanted(): void; signOutHere(userId: string): Promise<void> },
  ) {
    this.userId = userId;
    this.#wanted = wanted;
    this.#signOutHere = signOutHere;
  }

  /** The server has confirmed the session of the same user. */
  arrived(real: SignedIn): void {
    const isReturn = this.#isUnreachable;
    if (isReturn) this.#arrival = newArrival();
    this.#isUnreachable = false;
    this.#arrival.arrive(real);
    // What waits for the network has waited for the session, too: when the browser said that it is online, there was none yet.
    if (isReturn) window.dispatchEvent(new Event('online'));
  }

  /** The server could not be reached, or the session has ended: what waits for it fails. */
  missed(): void {
    this.#isUnreachable = true;
    this.#arrival.miss();
  }

  /** Rejects if the server cannot be reached: `undefined` would mean that the session has ended. */
  readonly getToken: SignedIn['getToken'] = async (options) => {
    if (options?.isPatient) setTimeout(this.#wanted, PATIENCE_MS);
    else this.#wanted();
    const real = await this.#arrival.session;
    return real.getToken(options);
  };

  readonly signOut: SignedIn['signOut'] = async (options) => {
    this.#wanted();
    const real = await this.#arrival.session.catch(() => undefined);
    await (real ? real.signOut(options) : this.#signOutHere(this.userId));
  };
}

interface Arrival {
  session: Promise<SignedIn>;
  arrive(real: SignedIn): void;
  miss(): void;
}

function newArrival(): Arrival {
  let arrive: Arrival['arrive'] = () => undefined;
  let miss: Arrival['miss'] = () => undefined;
  const session = new Promise<SignedIn>((resolve, reject) => {
    arrive = resolve;
    miss = () => reject(new Error('the server cannot be asked'));
  });
  // Nothing may wait for it when it fails.
  session.catch(() => undefined);
  return { session, arrive, miss };
}
