import type { Activity as ActivityState } from '../../../protocol/models.ts';
import type { Clock } from '../clock.ts';

/** A user without input for this time is away. */
const AWAY_AFTER_MS = 10 * 60_000;

/** Whether the user is active on the page, by their input. */
export class Activity {
  readonly #clock: Clock;
  readonly #changed: () => void;
  #state: ActivityState = 'online';
  #usedAt: number;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, changed: () => void) {
    this.#clock = clock;
    this.#changed = changed;
    this.#usedAt = clock.now();
  }

  get state(): ActivityState {
    return this.#state;
  }

  /** There was input. Cheap, because a moving pointer calls this many times a second. */
  used(): void {
    this.#usedAt = this.#clock.now();
    if (this.#cancel && this.#state === 'online') return;
    this.#cancel ??= this.#clock.after(AWAY_AFTER_MS, () => this.#check());
    this.#become('online');
  }

  /** Ends its timer. */
  close(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #check(): void {
    const left = this.#usedAt + AWAY_AFTER_MS - this.#clock.now();
    this.#cancel = left > 0 ? this.#clock.after(left, () => this.#check()) : undefined;
    if (left <= 0) this.#become('away');
  }

  #become(state: ActivityState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#changed();
  }
}
