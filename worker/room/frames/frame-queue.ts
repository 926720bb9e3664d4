import type { Clock } from '../../clock.ts';
import { OLDEST_WAITS_MS } from '../../sockets/broadcast.ts';
import type { OpenGroup } from '../open-group.ts';

/** A transaction of more frames would keep everything else waiting for too long. */
const MOST_TOGETHER = 500;

/** A frame that waits to be decided. */
export interface QueuedFrame {
  /** It only reads and commits, so that others may share its transaction and it may be decided a second time. */
  isShared: boolean;
  /** Decides it. Returns what to do once the decision is written: its sender is sent nothing before. */
  decide(): () => void;
  /** It could not be decided. Nothing of it is written. */
  failed(error: unknown): void;
}

/** What the queue needs from the Room around it. */
export interface FrameQueueEffects {
  clock: Clock;
  /** How long until the next frame should go to the sockets, ms; 0 after a silence. */
  dueInMs: () => number;
  after: (ms: number, run: () => void) => ReturnType<typeof setTimeout>;
  /** Sends the sockets what was decided. */
  flush: () => void;
}

/**
 * Group commit: the frames that arrive while a Room is busy are decided together, in their order, in one transaction, and
 * answered in one frame, so that transaction, counter and sending are paid once for many. A frame that arrives after a silence
 * is decided at once. If one throws, all of them are decided again, each in a transaction of its own.
 */
export class FrameQueue {
  readonly #effects: FrameQueueEffects;
  #waiting: QueuedFrame[] = [];
  #oldestAt = 0;
  #batch: OpenGroup['batch'] | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(effects: FrameQueueEffects) {
    this.#effects = effects;
  }

  /** Decides a frame: now, or within a few ms together with those that arrive meanwhile. `batch` is that of its group. */
  take(frame: QueuedFrame, batch: OpenGroup['batch']): void {
    const now = this.#effects.clock();
    this.#batch = batch;
    const isFirst = this.#waiting.length === 0;
    if (isFirst) this.#oldestAt = now;
    this.#waiting.push(frame);
    const waitMs = isFirst ? this.#effects.dueInMs() : 0;
    // Timers starve under load. Without them frames are decided once the oldest has waited as long as an event may.
    const isLate = now - this.#oldestAt >= OLDEST_WAITS_MS || this.#waiting.length >= MOST_TOGETHER;
    if (isLate || (isFirst && waitMs === 0)) this.#answer();
    else this.#timer ??= this.#effects.after(waitMs, () => this.#answer());
  }

  /** Decides what waits. Call it before anything that reads the group, or is to happen after these frames. */
  drain(): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timer = undefined;
    const frames = this.#waiting;
    this.#waiting = [];
    for (let start = 0, end = 0; start < frames.length; start = end) {
      for (end = start + 1; frames[start]?.isShared && frames[end]?.isShared; ) end++;
      this.#decide(frames.slice(start, end));
    }
  }

  #answer(): void {
    this.drain();
    this.#effects.flush();
  }

  #decide(frames: readonly QueuedFrame[]): void {
    if (frames.length > 1 && this.#decideTogether(frames)) return;
    for (const frame of frames) {
      try {
        frame.decide()();
      } catch (error) {
        frame.failed(error);
      }
    }
  }

  /** Returns false if one of the frames threw, and nothing is written. */
  #decideTogether(frames: readonly QueuedFrame[]): boolean {
    let decided: (() => void)[] | undefined;
    try {
      decided = this.#batch?.(() => frames.map((frame) => frame.decide()));
    } catch {
      return false;
    }
    for (const settle of decided ?? []) settle();
    return decided !== undefined;
  }
}
