import type { Clock } from '../clock.ts';
import { FrameTally } from './frame-tally.ts';
import { RateLimit } from './rate-limit.ts';

/** A busy Room asks for a timer so often. As long as it comes, the Room also hears who is new and sends what is queued. */
const BREATH_MS = 20;
/** Without a breath for so long, frames come faster than they are taken: whoever has more than one there is pushing. */
const PUSHED_MS = 250;
const PUSHING_FRAMES = 2;
/** Without a breath for so long it does not matter any more who is to blame: newcomers are to be answered within 2 s. */
const BREATHLESS_MS = 1_000;
/** Fewer frames than these did not keep a Room busy for so long: the machine was asleep, or the timer late by chance. */
const BUSY_FRAMES = 20;
/** Everyone over the limit is told to wait: if twice the limit goes on coming for so long, somebody does not. */
const IGNORED_TIMES = 2;
const IGNORED_SECONDS = 2;
const SECOND_MS = 1_000;
/** A Room that was overloaded is hot until it has had so little to do for so long. */
const COOL_FRAMES = 50;
const COOL_MS = 60_000;
/** When to try again: spread, so that those who went together do not come back together. */
const WAIT_MS = { atLeast: 1_000, spread: 2_000 };
const LEAVE_MS = { atLeast: 2_000, spread: 8_000 };

/** What overload needs from outside. */
export interface OverloadEffects {
  clock: Clock;
  /** 0 to 1. */
  random: () => number;
  after: (ms: number, callback: () => void) => void;
}

/** Somebody who has to go, and may come back after so many ms. */
export interface Shed<Sender> {
  sender: Sender;
  retryAfterMs: number;
}

/**
 * Notices that a Room gets more frames than it can take. First everyone over its limit is told to wait. If they go on all
 * the same, or if the Room cannot even draw breath, the loudest have to go, those who together sent half of it: refusing a
 * frame costs as much as taking it, only fewer senders help.
 */
export class Overload<Sender> {
  readonly #perSecond: number;
  readonly #limit: RateLimit;
  readonly #effects: OverloadEffects;
  /** What came since the last breath; undefined once it is drawn. */
  #breath: FrameTally<Sender> | undefined;
  #second: FrameTally<Sender>;
  #ignoredSeconds = 0;
  #hotUntil = 0;

  /** `perSecond`: how many frames the Room takes. */
  constructor(perSecond: number, effects: OverloadEffects) {
    this.#perSecond = perSecond;
    this.#limit = new RateLimit({ burst: perSecond, perSecond }, effects.clock);
    this.#effects = effects;
    this.#second = new FrameTally(effects.clock());
  }

  /** Counts a frame. Gives how long its sender is to wait, ms; 0 if the Room takes it. */
  take(sender: Sender): number {
    this.#drawBreath().add(sender);
    this.#second.add(sender);
    return this.#limit.take('room') === 0 ? 0 : this.#spread(WAIT_MS);
  }

  /** Who has to go now: nobody, as long as the Room keeps up. */
  shed(): Shed<Sender>[] {
    const now = this.#effects.clock();
    const loudest = new Set([...this.#pushing(now), ...this.#ignoring(now)]);
    if (loudest.size > 0) this.#hotUntil = now + COOL_MS;
    return [...loudest].map((sender) => ({ sender, retryAfterMs: this.#spread(LEAVE_MS) }));
  }

  /** Whether it was overloaded not long ago, and still has much to do. */
  isHot(): boolean {
    return this.#effects.clock() < this.#hotUntil;
  }

  #drawBreath(): FrameTally<Sender> {
    if (this.#breath) return this.#breath;
    this.#breath = new FrameTally(this.#effects.clock());
    this.#effects.after(BREATH_MS, () => {
      this.#breath = undefined;
    });
    return this.#breath;
  }

  /** Those who leave the Room no time to draw breath. */
  #pushing(now: number): Sender[] {
    const breath = this.#breath;
    if (!breath || now - breath.since < PUSHED_MS || breath.total < BUSY_FRAMES) return [];
    const isBreathless = now - breath.since >= BREATHLESS_MS;
    const pushing = breath.loudest(isBreathless ? 1 : PUSHING_FRAMES);
    // More go only if these were not enough.
    if (pushing.length > 0) this.#breath = new FrameTally(now);
    return pushing;
  }

  /** Those who send on and on though everyone is told to wait. */
  #ignoring(now: number): Sender[] {
    const second = this.#second;
    if (now - second.since < SECOND_MS) return [];
    this.#second = new FrameTally(now);
    const perSecond = (second.total * SECOND_MS) / (now - second.since);
    if (this.isHot() && perSecond >= COOL_FRAMES) this.#hotUntil = now + COOL_MS;
    const isIgnored = perSecond >= this.#perSecond * IGNORED_TIMES;
    this.#ignoredSeconds = isIgnored ? this.#ignoredSeconds + 1 : 0;
    if (this.#ignoredSeconds < IGNORED_SECONDS) return [];
    this.#ignoredSeconds = 0;
    return second.loudest(1);
  }

  #spread({ atLeast, spread }: { atLeast: number; spread: number }): number {
    return Math.round(atLeast + this.#effects.random() * spread);
  }
}
