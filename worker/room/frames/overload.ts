import type { Clock } from '../../clock.ts';
import { FrameTally } from './frame-tally.ts';
import { RateLimit } from './rate-limit.ts';

/** Interval of the probe timer, ms. While it fires on time, the event loop is healthy: newcomers and queued events get their turn. */
const BREATH_MS = 20;
/** Without a breath for so long, frames come faster than hibernating sockets hand them over. */
const SHORT_OF_BREATH_MS = 500;
/** Without a breath for so long somebody has to go, whoever it is: newcomers are to be answered within 2 s. */
const BREATHLESS_MS = 1_500;
/** Everyone over the limit is told to wait: if twice the limit goes on coming for so long, somebody does not. */
const IGNORED_TIMES = 2;
const IGNORED_SECONDS = 2;
const SECOND_MS = 1_000;
/**
 * A hot Room has cooled down when it took less than this share of what makes it hot, for so long. Fewer did not take its
 * breath either: the machine was asleep, or the timer late by chance.
 */
const WARM_SHARE = 0.25;
const COOL_MS = 60_000;
/** When to try again: spread, so that those who went together do not come back together. */
const WAIT_MS = { atLeast: 1_000, spread: 2_000 };
const LEAVE_MS = { atLeast: 2_000, spread: 8_000 };

/** Frames a second of a whole Room: how many it takes at most, and how many make it hot. */
export interface OverloadRates {
  most: number;
  hot: number;
}

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
 * Notices how busy a Room is. One that gets many frames is hot: its sockets are better held in memory. One that gets more
 * than its limit tells whoever is over it to wait. If they go on all the same, or if the Room cannot even draw breath, the
 * loudest have to go, those who together sent half of it: refusing a frame costs as much as taking it, only fewer senders
 * help.
 */
export class Overload<Sender> {
  readonly #rates: OverloadRates;
  readonly #limit: RateLimit;
  readonly #effects: OverloadEffects;
  /** What came since the last breath; undefined once it is drawn. */
  #breath: FrameTally<Sender> | undefined;
  #second: FrameTally<Sender>;
  /** How many frames were taken in this second. */
  #taken = 0;
  #ignoredSeconds = 0;
  #hotUntil = 0;

  constructor(rates: OverloadRates, effects: OverloadEffects) {
    this.#rates = rates;
    this.#limit = new RateLimit({ burst: rates.most, perSecond: rates.most }, effects.clock);
    this.#effects = effects;
    this.#second = new FrameTally(effects.clock());
  }

  /** Counts a frame, and gives who has to go now: nobody, as long as the Room keeps up. */
  note(sender: Sender): Shed<Sender>[] {
    const now = this.#effects.clock();
    this.#drawBreath(now).add(sender);
    this.#second.add(sender);
    const loudest = new Set([...this.#breathless(now), ...this.#ignoring(now)]);
    return [...loudest].map((it) => ({ sender: it, retryAfterMs: this.#spread(LEAVE_MS) }));
  }

  /** How long a frame that asks for something is to wait, ms; 0 if the Room takes it. */
  take(): number {
    if (this.#limit.take('room') > 0) return this.#spread(WAIT_MS);
    this.#taken++;
    return 0;
  }

  /** Whether it had very much to do not long ago, and still has much. */
  isHot(): boolean {
    return this.#effects.clock() < this.#hotUntil;
  }

  #drawBreath(now: number): FrameTally<Sender> {
    if (this.#breath) return this.#breath;
    this.#breath = new FrameTally(now);
    this.#effects.after(BREATH_MS, () => {
      this.#breath = undefined;
    });
    return this.#breath;
  }

  /** The loudest of those who leave the Room no time to draw breath. */
  #breathless(now: number): Sender[] {
    const breath = this.#breath;
    if (!breath || now - breath.since < SHORT_OF_BREATH_MS) return [];
    if (breath.total < this.#rates.hot * WARM_SHARE) return [];
    this.#hotUntil = now + COOL_MS;
    if (now - breath.since < BREATHLESS_MS) return [];
    // More go only if these were not enough.
    this.#breath = new FrameTally(now);
    return breath.loudest();
  }

  /** Those who send on and on though everyone is told to wait. */
  #ignoring(now: number): Sender[] {
    const second = this.#second;
    if (now - second.since < SECOND_MS) return [];
    const perSecond = (frames: number) => (frames * SECOND_MS) / (now - second.since);
    const warmth = perSecond(this.#taken) / this.#rates.hot;
    if (warmth >= (this.isHot() ? WARM_SHARE : 1)) this.#hotUntil = now + COOL_MS;
    this.#second = new FrameTally(now);
    this.#taken = 0;
    const isIgnored = perSecond(second.total) >= this.#rates.most * IGNORED_TIMES;
    this.#ignoredSeconds = isIgnored ? this.#ignoredSeconds + 1 : 0;
    if (this.#ignoredSeconds < IGNORED_SECONDS) return [];
    this.#ignoredSeconds = 0;
    return second.loudest();
  }

  #spread({ atLeast, spread }: { atLeast: number; spread: number }): number {
    return Math.round(atLeast + this.#effects.random() * spread);
  }
}
