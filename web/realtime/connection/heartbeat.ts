import { PING, PING_EVERY_MS, PONG, PONG_WITHIN_MS } from '../../../protocol/limits.ts';
import type { Clock } from '../clock.ts';

/** Detects a dead socket: pings every 25 s, and gives up without a pong within 10 s. */
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

  /** Pings now, because the connection may be dead. A ping that is unanswered only gets the new limit, if that is shorter. */
  probe(withinMs = PONG_WITHIN_MS): void {
    const isAsked = this.#cancelLimit;
    if (isAsked && withinMs === PONG_WITHIN_MS) return;
    this.stop();
    this.#cancelLimit = this.#clock.after(withinMs, this.#lost);
    if (!isAsked) this.#send(PING);
  }

  /** Takes a pong; returns whether `text` was one. */
  hears(text: string): boolean {
    if (text !== PONG) return false;
    this.start();
    return true;
  }
}
