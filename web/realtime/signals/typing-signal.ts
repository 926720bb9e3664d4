import type { FrameOf } from '../../../protocol/client-frames.ts';
import { TYPING_IDLE_MS, TYPING_REPEAT_MS } from '../../../protocol/limits.ts';
import type { Clock } from '../clock.ts';

/** Sends that I type: on the first key, again every 4 s, and that I stopped on send, when cleared or after 5 s idle. */
export class TypingSignal {
  readonly #clock: Clock;
  readonly #send: (frame: FrameOf<'thread_typing'>) => boolean;
  /** Where I type, by thread or null: when that was sent last, and the function that cancels the idle timer. */
  readonly #sent = new Map<string | null, { at: number; cancelIdle: () => void }>();

  constructor(clock: Clock, send: (frame: FrameOf<'thread_typing'>) => boolean) {
    this.#clock = clock;
    this.#send = send;
  }

  /** A key was pressed there. */
  type(parentId: string | null): void {
    const sent = this.#sent.get(parentId);
    sent?.cancelIdle();
    const now = this.#clock.now();
    const isDue = !sent || now - sent.at >= TYPING_REPEAT_MS;
    // The connection did not take it: the next key sends it.
    if (isDue && !this.#transmit(parentId, true)) {
      this.#sent.delete(parentId);
      return;
    }
    const cancelIdle = this.#clock.after(TYPING_IDLE_MS, () => this.stop(parentId));
    this.#sent.set(parentId, { at: isDue ? now : sent.at, cancelIdle });
  }

  /** Nothing is being written there any more. */
  stop(parentId: string | null): void {
    const sent = this.#sent.get(parentId);
    if (!sent) return;
    sent.cancelIdle();
    this.#sent.delete(parentId);
    this.#transmit(parentId, false);
  }

  /** Nothing is being written anywhere: the user left. */
  stopAll(): void {
    for (const parentId of this.#sent.keys()) this.stop(parentId);
  }

  /** The connection is lost, and with it what was sent: the next key sends it again. */
  forget(): void {
    for (const { cancelIdle } of this.#sent.values()) cancelIdle();
    this.#sent.clear();
  }

  #transmit(parentId: string | null, typing: boolean): boolean {
    return this.#send({ type: 'thread_typing', ...(parentId !== null && { parentId }), typing });
  }
}
