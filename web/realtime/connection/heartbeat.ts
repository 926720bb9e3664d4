import { PING, PING_EVERY_MS, PONG, PONG_WITHIN_MS } from '../../../protocol/limits.ts';
import type { Clock } from '../clock.ts';

/** Finds out that an open socket leads nowhere: pings every 25 s, and gives up if no pong comes within 10 s. */
export class Heartbeat {
  readonly #clock: Clock;
  readonly #send: (text: string) => void;
  readonly #lost: () => void;
  #cancelPing: (() => void) | undefined;
  #cancelLimit: (() => void) | undefined;

  constructor(clock: Clock, send: (text: string) => void, lost: () => void) {
    this.#clock = clock;
    this.#send = send;
    this.#lost = lost;
  }

  start(): void {
    this.stop();
    this.#cancelPing = this.#clock.after(PING_EVERY_MS, () => this.probe());
  }

  stop(): void {
    this.#cancelPing?.();
    this.#cancelLimit?.();
    this.#cancelLimit = undefined;
  }

  /** Pings now, because the connection is in doubt; while a ping is unanswered, does nothing. */
  probe(): void {
    if (this.#cancelLimit) return;
    this.#cancelPing?.();
    this.#cancelLimit = this.#clock.after(PONG_WITHIN_MS, this.#lost);
    this.#send(PING);
  }

  /** Whether `text` is the answer to a ping, which is then taken. */
  hears(text: string): boolean {
    if (text !== PONG) return false;
    this.start();
    return true;
  }
}
