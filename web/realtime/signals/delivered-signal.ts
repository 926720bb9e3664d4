import type { FrameOf } from '../../../protocol/client-frames.ts';
import { deliveredEveryMs } from '../../../protocol/limits.ts';
import type { Clock } from '../clock.ts';

/** Acknowledges what this client has applied, throttled, and only when there is something new. */
export class DeliveredSignal {
  readonly #clock: Clock;
  readonly #send: (frame: FrameOf<'thread_delivered'>) => boolean;
  #sent = 0;
  #applied = 0;
  #sentAt = 0;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, send: (frame: FrameOf<'thread_delivered'>) => boolean) {
    this.#clock = clock;
    this.#send = send;
  }

  /**
   * Everything up to `seq` is applied on a live connection, in a group of `memberCount` members; `known` is the last
   * seq that the server has.
   */
  applied(seq: number, { memberCount, known }: { memberCount: number; known: number }): void {
    this.#applied = seq;
    this.#sent = Math.max(this.#sent, known);
    if (this.#cancel || this.#applied <= this.#sent) return;
    const every = deliveredEveryMs(memberCount);
    const wait = Math.max(0, this.#sentAt + every - this.#clock.now());
    this.#cancel = this.#clock.after(wait, () => this.#transmit());
  }

  /** The connection is lost. The last acknowledgement may not have arrived; the next state says what has. */
  disconnected(): void {
    this.close();
    this.#sent = 0;
  }

  /** Ends its timer. */
  close(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #transmit(): void {
    this.#cancel = undefined;
    if (this.#applied <= this.#sent) return;
    if (!this.#send({ type: 'thread_delivered', seq: this.#applied })) return;
    this.#sent = this.#applied;
    this.#sentAt = this.#clock.now();
  }
}
