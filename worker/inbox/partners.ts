import type { PresenceState } from '../../protocol/models.ts';
import type { Clock } from '../clock.ts';
import { inChunks } from '../in-chunks.ts';
import { within } from '../within.ts';
import type { InboxRpc } from './inbox-rpc.ts';

/** How long an Inbox that asked is notified of changes. */
export const WATCHED_MS = 45 * 60_000;
/**
 * While a client is open the partners are asked again after this time, with the next renewal of its lease: not more often,
 * because it wakes as many Inboxes, and not by an alarm, which would wake this one and write rows.
 */
export const ASK_PARTNERS_EVERY_MS = 30 * 60_000;
const ANSWER_WITHIN_MS = 5_000;

/** What partners need from the Inbox around them. */
export interface PartnersEffects {
  clock: Clock;
  userId: string;
  /** The people of the user's most recent direct groups of two. */
  ids(): readonly string[];
  inboxOf(userId: string): Pick<InboxRpc, 'watch' | 'hear'>;
  /** How the user is now. */
  state(): PresenceState;
  /** Whether a client is open that could show how partners are. */
  isListening(): boolean;
  /** Another state of a partner is known, or none any more. */
  heard(userId: string, state: PresenceState | undefined): void;
}

/**
 * The people with whom the user has a direct group: how they are, and telling them how the user is. Inboxes call each other,
 * and only while a client is open. Nothing is stored: what an eviction loses is asked for when the next client connects, at
 * the latest when the leases are renewed.
 */
export class Partners {
  readonly #effects: PartnersEffects;
  /** What partners said last. */
  readonly #heard = new Map<string, PresenceState>();
  /** Who asked to be told, and until when, ms UTC. */
  readonly #watchers = new Map<string, number>();
  /** Partners whose Inbox answered that no client is listening. They are not notified until they ask again. */
  readonly #deaf = new Set<string>();
  /** Whom is being asked, with which state, and whether they said something in the meantime: their answer may be older. */
  readonly #asked = new Map<string, { with: PresenceState; isOvertaken: boolean }>();
  /** Whom is being told, whether the state has changed since, and whether they asked in the meantime. */
  readonly #told = new Map<string, { isBehind: boolean; hasAsked: boolean }>();
  #renewedAt = 0;

  constructor(effects: PartnersEffects) {
    this.#effects = effects;
  }

  /** How a partner is, where it is known. */
  stateOf(userId: string): PresenceState | undefined {
    return this.#heard.get(userId);
  }

  /** A client has connected. Asks the partners, unless that was done lately and is remembered. */
  async connected(): Promise<void> {
    if (this.#effects.clock() >= this.#renewedAt + ASK_PARTNERS_EVERY_MS) await this.renew();
  }

  /** A client that was opened and last heard of at these times, ms UTC, is still open. Asks the partners when it is time. */
  async stillOpen(openedAt: number, heardAt: number): Promise<void> {
    const turn = (at: number) => Math.floor((at - openedAt) / ASK_PARTNERS_EVERY_MS);
    if (turn(this.#effects.clock()) > turn(heardAt)) await this.renew();
  }

  /** Asks all partners how they are, which tells them how the user is. */
  async renew(): Promise<void> {
    const { clock, ids, heard } = this.#effects;
    this.#renewedAt = clock();
    const partners = new Set(ids());
    for (const userId of this.#heard.keys()) {
      if (partners.has(userId)) continue;
      this.#heard.delete(userId);
      heard(userId, undefined);
    }
    await inChunks([...partners], (userId) => this.#ask(userId));
  }

  /** The user has a direct group with someone, perhaps a new one. */
  met(userId: string): void {
    const { ids, state } = this.#effects;
    if (state() === 'offline' || this.#heard.has(userId) || this.#asked.has(userId)) return;
    if (ids().includes(userId)) void this.#ask(userId);
  }

  /** The user is in another state: tells the partners who may listen, and those who asked. */
  async tell(): Promise<void> {
    const now = this.#effects.clock();
    for (const [userId, until] of this.#watchers) if (until <= now) this.#watchers.delete(userId);
    const listening = this.#effects.ids().filter((userId) => !this.#deaf.has(userId));
    const state = this.#effects.state();
    const others = [...new Set([...listening, ...this.#watchers.keys()])].filter(
      (userId) => this.#asked.get(userId)?.with !== state,
    );
    await inChunks(others, (userId) => this.#tell(userId));
  }

  /** No client is open any more, and nobody tells this Inbox anything from now on. */
  rest(): void {
    this.#heard.clear();
    this.#renewedAt = 0;
  }

  /** Someone asks how the user is and wants to be told of changes; they are in this state. */
  watched(userId: string, state: PresenceState): PresenceState {
    this.#deaf.delete(userId);
    this.#watchers.set(userId, this.#effects.clock() + WATCHED_MS);
    const told = this.#told.get(userId);
    if (told) told.hasAsked = true;
    this.hears(userId, state);
    return this.#effects.state();
  }

  /** Someone is in another state. Returns whether it matters here. */
  hears(userId: string, state: PresenceState): boolean {
    const asked = this.#asked.get(userId);
    if (asked) asked.isOvertaken = true;
    return this.#hear(userId, state);
  }

  #hear(userId: string, state: PresenceState): boolean {
    const { isListening, ids, heard } = this.#effects;
    if (!isListening() || !ids().includes(userId)) return false;
    if (this.#heard.get(userId) === state) return true;
    this.#heard.set(userId, state);
    heard(userId, state);
    return true;
  }

  async #ask(userId: string): Promise<void> {
    const { inboxOf, userId: me, state, heard } = this.#effects;
    const asked = { with: state(), isOvertaken: false };
    this.#asked.set(userId, asked);
    try {
      const theirs = await within(ANSWER_WITHIN_MS, inboxOf(userId).watch(me, asked.with));
      if (asked.isOvertaken) return;
      if (theirs === 'offline') this.#deaf.add(userId);
      else this.#deaf.delete(userId);
      this.#hear(userId, theirs);
    } catch (error) {
      console.warn(JSON.stringify({ event: 'watch_failed', userId, error: String(error) }));
      if (!asked.isOvertaken && this.#heard.delete(userId)) heard(userId, undefined);
    } finally {
      if (this.#asked.get(userId) === asked) this.#asked.delete(userId);
    }
  }

  /** One call after the other, so that an older state does not come last. A lost one heals when the lease is renewed. */
  async #tell(userId: string): Promise<void> {
    const told = this.#told.get(userId);
    if (told) {
      told.isBehind = true;
      return;
    }
    const { inboxOf, userId: me, state } = this.#effects;
    const mine = { isBehind: false, hasAsked: false };
    this.#told.set(userId, mine);
    try {
      const { isListening } = await within(ANSWER_WITHIN_MS, inboxOf(userId).hear(me, state()));
      if (!isListening && !mine.hasAsked) {
        this.#deaf.add(userId);
        this.#watchers.delete(userId);
      }
    } catch (error) {
      console.warn(JSON.stringify({ event: 'tell_failed', userId, error: String(error) }));
    } finally {
      this.#told.delete(userId);
    }
    if (mine.isBehind) await this.#tell(userId);
  }
}
