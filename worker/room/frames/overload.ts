import type { Clock } from '../../clock.ts';
import { RateLimit } from '../../sockets/rate-limit.ts';

/**
 * The delay of the probe timer. While it fires on time the event loop is healthy: new sockets and queued events get their
 * turn.
 */
const PROBE_MS = 20;
/** A probe this late: the Room does not keep up, and should do more at once. */
const PROBE_SLOW_MS = 10;
/** A probe this late: frames come faster than hibernating sockets deliver them. */
const PROBE_LATE_MS = 500;
/** A probe this late: some senders must be disconnected, because new sockets have to be answered within 2 s. */
const PROBE_STARVED_MS = 1_500;
/** Senders over the limit are asked to wait. Twice the limit for this long means that some of them do not. */
const IGNORED_TIMES = 2;
const IGNORED_SECONDS = 2;
const SECOND_MS = 1_000;
/**
 * A hot Room has cooled down after this long below this share of the rate that makes it hot. Below that share a late probe
 * says nothing: the machine slept, or the timer was late by chance.
 */
const WARM_SHARE = 0.25;
const COOL_MS = 60_000;
/** When to try again, spread so that clients that were sent away together do not come back together. */
const WAIT_MS = { atLeast: 1_000, spread: 2_000 };
const LEAVE_MS = { atLeast: 2_000, spread: 8_000 };

/** Frames a second of a whole Room: the most that it handles, and the rate that makes it hot. */
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
  /** A timer has not run for so long after its time. */
  late: (ms: number) => void;
}

/** A sender to disconnect, and after how many ms it may come back. */
export interface Shed<Sender> {
  sender: Sender;
  retryAfterMs: number;
}

/**
 * Measures how busy a Room is. A Room that gets many frames is hot: it should hold its sockets in memory. Senders over the
 * Room's limit are asked to wait. If they go on, or if the event loop starves, the busiest senders of half the frames are
 * disconnected: refusing a frame costs as much as handling it, so only fewer senders help.
 */
export class Overload<Sender> {
  readonly #rates: OverloadRates;
  readonly #limit: RateLimit;
  readonly #effects: OverloadEffects;
  /** The frames since the probe timer was set; undefined after it has fired. */
  #probe: FrameCounts<Sender> | undefined;
  #second: FrameCounts<Sender>;
  /** How many frames were handled in this second. */
  #taken = 0;
  #ignoredSeconds = 0;
  #hotUntil = 0;

  constructor(rates: OverloadRates, effects: OverloadEffects) {
    this.#rates = rates;
    this.#limit = new RateLimit({ burst: rates.most, perSecond: rates.most }, effects.clock);
    this.#effects = effects;
    this.#second = new FrameCounts(effects.clock());
  }

  /** Counts a frame. Returns the senders to disconnect now: none while the Room keeps up. */
  note(sender: Sender): Shed<Sender>[] {
    const now = this.#effects.clock();
    const probe = this.#runningProbe(now);
    probe.add(sender);
    // A timer that starves cannot say so itself.
    const lateMs = now - probe.since - PROBE_MS;
    if (lateMs >= PROBE_SLOW_MS) this.#effects.late(lateMs);
    this.#second.add(sender);
    const busiest = new Set([...this.#starving(now), ...this.#ignoring(now)]);
    return [...busiest].map((it) => ({ sender: it, retryAfterMs: this.#spread(LEAVE_MS) }));
  }

  /** How long a frame has to wait, ms; 0 if the Room handles it now. */
  take(): number {
    if (this.#limit.take('room') > 0) return this.#spread(WAIT_MS);
    this.#taken++;
    return 0;
  }

  /** Whether the Room became hot and has not cooled down since. */
  isHot(): boolean {
    return this.#effects.clock() < this.#hotUntil;
  }

  #runningProbe(now: number): FrameCounts<Sender> {
    if (this.#probe) return this.#probe;
    this.#probe = new FrameCounts(now);
    this.#effects.after(PROBE_MS, () => {
      this.#probe = undefined;
    });
    return this.#probe;
  }

  /** The busiest senders, if the probe timer starves. */
  #starving(now: number): Sender[] {
    const probe = this.#probe;
    if (!probe || now - probe.since < PROBE_LATE_MS) return [];
    if (probe.total < this.#rates.hot * WARM_SHARE) return [];
    this.#hotUntil = now + COOL_MS;
    if (now - probe.since < PROBE_STARVED_MS) return [];
    // More senders follow only if disconnecting these was not enough.
    this.#probe = new FrameCounts(now);
    return probe.busiest();
  }

  /** The busiest senders, if the Room gets far more than its limit though it asks them to wait. */
  #ignoring(now: number): Sender[] {
    const second = this.#second;
    if (now - second.since < SECOND_MS) return [];
    const perSecond = (frames: number) => (frames * SECOND_MS) / (now - second.since);
    const warmth = perSecond(this.#taken) / this.#rates.hot;
    if (warmth >= (this.isHot() ? WARM_SHARE : 1)) this.#hotUntil = now + COOL_MS;
    this.#second = new FrameCounts(now);
    this.#taken = 0;
    const isIgnored = perSecond(second.total) >= this.#rates.most * IGNORED_TIMES;
    this.#ignoredSeconds = isIgnored ? this.#ignoredSeconds + 1 : 0;
    if (this.#ignoredSeconds < IGNORED_SECONDS) return [];
    this.#ignoredSeconds = 0;
    return second.busiest();
  }

  #spread({ atLeast, spread }: { atLeast: number; spread: number }): number {
    return Math.round(atLeast + this.#effects.random() * spread);
  }
}

/** How many frames each sender has sent since `since`, ms UTC. */
class FrameCounts<Sender> {
  readonly since: number;
  total = 0;
  readonly #frames = new Map<Sender, number>();

  constructor(since: number) {
    this.since = since;
  }

  add(sender: Sender): void {
    this.total++;
    this.#frames.set(sender, (this.#frames.get(sender) ?? 0) + 1);
  }

  /** The fewest senders that together sent half of all frames. */
  busiest(): Sender[] {
    const byFrames = [...this.#frames].sort(([, one], [, other]) => other - one);
    const busiest: Sender[] = [];
    let sum = 0;
    for (const [sender, frames] of byFrames) {
      if (sum * 2 >= this.total) break;
      busiest.push(sender);
      sum += frames;
    }
    return busiest;
  }
}
