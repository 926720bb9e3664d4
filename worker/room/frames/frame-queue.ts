import type { Clock } from '../../clock.ts';
import type { OpenGroup } from '../open-group.ts';

/** A transaction of more frames would keep everything else waiting for too long. */
const MOST_TOGETHER = 500;
/** Timers starve under load: one that is late by as long as it waited, and by this long at least, is not waited for. */
const LATE_MS = 10;

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
  /** A timer has not run for so long after its time. */
  late: (ms: number) => void;
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
  /** When the timer should run, and from when on it is too late. */
  #dueAt = 0;
  #lateAt = 0;
  #batch: OpenGroup['batch'] | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(effects: FrameQueueEffects) {
    this.#effects = effects;
  }

  /** Decides a frame: now, or within a few ms together with those that arrive meanwhile. `batch` is that of its group. */
  take(frame: QueuedFrame, batch: OpenGroup['batch']): void {
    const { clock, late } = this.#effects;
    this.#batch = batch;
    this.#waiting.push(frame);
    if (this.#waiting.length === 1) {
      this.#answerSoon();
      return;
    }
    const now = clock();
    if (now >= this.#lateAt) late(now - this.#dueAt);
    else if (this.#waiting.length < MOST_TOGETHER) return;
    this.#answer();
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

  /** Answers the first frame that waits: at once after a silence. */
  #answerSoon(): void {
    const { clock, dueInMs, after } = this.#effects;
    const waitMs = dueInMs();
    if (waitMs === 0) {
      this.#answer();
      return;
    }
    this.#dueAt = clock() + waitMs;
    this.#lateAt = this.#dueAt + Math.max(waitMs, LATE_MS);
    this.#timer = after(waitMs, () => this.#answer());
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
