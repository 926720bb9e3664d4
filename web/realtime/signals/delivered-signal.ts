import type { FrameOf } from '../../../protocol/client-frames.ts';
import { deliveredEveryMs } from '../../../protocol/limits.ts';
import type { Clock } from '../clock.ts';

/** Tells what this client has applied, now and then, and only if there was something new. */
export class DeliveredSignal {
  readonly #clock: Clock;
  readonly #send: (frame: FrameOf<'thread_delivered'>) => boolean;
  #told = 0;
  #applied = 0;
  #toldAt = 0;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, send: (frame: FrameOf<'thread_delivered'>) => boolean) {
    this.#clock = clock;
    this.#send = send;
  }

  /** Everything up to `seq` is applied, on a live connection, in a group of so many members; `known` is what the server was told. */
  applied(seq: number, { memberCount, known }: { memberCount: number; known: number }): void {
    this.#applied = seq;
    this.#told = Math.max(this.#told, known);
    if (this.#cancel || this.#applied <= this.#told) return;
    const every = deliveredEveryMs(memberCount);
    const wait = Math.max(0, this.#toldAt + every - this.#clock.now());
    this.#cancel = this.#clock.after(wait, () => this.#tell());
  }

  /** The connection is gone: what was told may not have arrived, and the server will say what has. */
  disconnected(): void {
    this.close();
    this.#told = 0;
  }

  /** Ends its timer. */
  close(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #tell(): void {
    this.#cancel = undefined;
    if (this.#applied <= this.#told) return;
    if (!this.#send({ type: 'thread_delivered', seq: this.#applied })) return;
    this.#told = this.#applied;
    this.#toldAt = this.#clock.now();
  }
}
