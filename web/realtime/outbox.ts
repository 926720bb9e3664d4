import type { FrameOf } from '../../protocol/client-frames.ts';
import type { Failure } from '../../protocol/errors.ts';
import type { ErrorEvent } from '../../protocol/server-events.ts';
import { adoptRows, standing } from './adopt-rows.ts';
import type { Clock } from './clock.ts';
import { nextToSend } from './next-to-send.ts';
import { OutboxEntry, type Unsent } from './outbox-entry.ts';
import { isStale, newOutboxRow } from './outbox-row.ts';
import type { OutboxStore } from './outbox-store.ts';

/** Without an answer for so long, the row says that it is pending (behaviour.md, "Sending"). */
const PENDING_AFTER_MS = 1_000;
/** Without an answer for so long on a live connection, it has failed. */
const UNANSWERED_AFTER_MS = 10_000;
/** The tab that wrote a message sends it; another tab does so only when it had this long and did not. */
const OTHER_TAB_GRACE_MS = 5_000;
/** The wait after `rate_limited` when the server names none. */
const RATE_LIMIT_WAIT_MS = 1_000;

const UNANSWERED: Failure = {
  code: 'unavailable',
  detail: 'The server did not answer. Try again.',
};
const TOO_LARGE: Failure = {
  code: 'too_large',
  detail: 'This message is too large to be sent. Shorten it.',
};

/** What an outbox needs from its surroundings. */
export interface OutboxParts {
  userId: string;
  groupId: string;
  store: OutboxStore;
  clock: Clock;
  /** Puts the frame on the live connection. */
  transmit(frame: FrameOf<'message'>): void;
  /** What `unsent` gives has changed. */
  changed(): void;
  /** A message waits for its answer unusually long: the connection may be dead. */
  doubted(): void;
}

/**
 * The messages of one group that the server has not acknowledged: kept in `OutboxStore`, sent in order, one at a time.
 * A message may go out twice under its id, which the server answers with the one that is there.
 */
export class Outbox {
  readonly #parts: OutboxParts;
  #entries: OutboxEntry[] = [];
  #shown: readonly Unsent[] = [];
  #loaded = false;
  #live = false;
  #pausedUntil = 0;
  /** Counts what this tab has written, to notice a read that it overtook. */
  #writes = 0;
  #cancelWake: (() => void) | undefined;
  #unwatch: (() => void) | undefined;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
  }

  /** In the order they were written. The same array until something changes. */
  get unsent(): readonly Unsent[] {
    return this.#shown;
  }

  /** Takes up what earlier visits left. Until then nothing goes out: what was written first is sent first. */
  async open(): Promise<void> {
    const { store, userId, groupId } = this.#parts;
    this.#unwatch = store.watch(userId, groupId, () => void this.#reread());
    const rows = await store.rowsOf(userId, groupId);
    const known = new Set(this.#entries.map((entry) => entry.row.id));
    const now = this.#parts.clock.now();
    const left = rows.filter((row) => !known.has(row.id));
    this.#entries.unshift(...left.map((row) => new OutboxEntry(row, standing(row, now, 0), true)));
    for (const entry of this.#entries) if (!entry.isCounting) this.#pendLater(entry);
    this.#loaded = true;
    this.#update();
    this.#sendNext();
  }

  /** Ends its timers; the rows stay stored. */
  close(): void {
    this.#unwatch?.();
    this.#cancelWake?.();
    for (const entry of this.#entries) entry.end();
    this.#live = false;
  }

  /** Shows the message at once; resolves when it is stored. */
  async add(content: string): Promise<void> {
    const row = newOutboxRow(this.#parts, content, this.#parts.clock.now());
    const entry = new OutboxEntry(row, { state: 'waiting', notBefore: 0 }, false);
    this.#entries.push(entry);
    this.#pendLater(entry);
    this.#update();
    this.#writes += 1;
    await this.#parts.store.put(row);
    entry.stored = true;
    this.#sendNext();
  }

  /** The server holds the message. */
  acknowledge(id: string): void {
    const entry = this.#find(id);
    if (!entry) return;
    this.#drop(entry);
    this.#sendNext();
  }

  /** An `error` event: if it is about one of these messages, that one has failed, or waits if it was too many. */
  refuse(error: ErrorEvent): void {
    const entry = this.#find(error.id ?? error.ref ?? '');
    if (!entry) return;
    if (error.code === 'rate_limited') {
      this.#pausedUntil = this.#parts.clock.now() + (error.retryAfterMs ?? RATE_LIMIT_WAIT_MS);
      entry.become({ state: 'waiting', notBefore: 0 });
    } else {
      this.#fail(entry, { code: error.code, detail: error.message });
    }
    this.#update();
    this.#sendNext();
  }

  /** What is in flight was over the size of a frame and ended the connection, as it would again. */
  refuseTooLarge(): void {
    for (const entry of this.#entries) {
      if (entry.sending.state === 'flying') this.#fail(entry, TOO_LARGE);
    }
    this.#update();
  }

  /** Sends a failed or stale message again, under its id. */
  retry(id: string): void {
    const entry = this.#find(id);
    if (!entry || entry.sending.state === 'waiting' || entry.sending.state === 'flying') return;
    const { failure: _, ...row } = entry.row;
    entry.row = { ...row, queuedAt: this.#parts.clock.now() };
    entry.become({ state: 'waiting', notBefore: 0 });
    this.#pendLater(entry);
    this.#store(entry);
    this.#update();
    this.#sendNext();
  }

  /** Drops a message and gives its text back. */
  discard(id: string): string | undefined {
    const entry = this.#find(id);
    if (!entry) return undefined;
    this.#drop(entry);
    this.#sendNext();
    return entry.row.content;
  }

  /** The group's state has arrived: everything that is not acknowledged goes out (again). */
  connected(): void {
    this.#live = true;
    const now = this.#parts.clock.now();
    for (const entry of this.#entries) {
      const { state } = entry.sending;
      if (state === 'flying' || state === 'unanswered') {
        entry.become({ state: 'waiting', notBefore: 0 });
      }
      if (entry.sending.state === 'waiting' && isStale(entry.row, now)) {
        entry.become({ state: 'stale' });
      }
    }
    this.#update();
    this.#sendNext();
  }

  /** Nothing can go out: rows wait, and time does not count against them. */
  disconnected(): void {
    this.#live = false;
    for (const entry of this.#entries) {
      if (entry.sending.state === 'flying') entry.become({ state: 'waiting', notBefore: 0 });
      entry.pending = true;
    }
    this.#update();
  }

  /** Deletes every unsent message of the group, here and in the store. */
  async forget(): Promise<void> {
    for (const entry of this.#entries) entry.end();
    this.#entries = [];
    this.#update();
    this.#writes += 1;
    await this.#parts.store.forget(this.#parts.userId, this.#parts.groupId);
  }

  #sendNext(): void {
    this.#cancelWake?.();
    if (!this.#live || !this.#loaded) return;
    const now = this.#parts.clock.now();
    const next = nextToSend(this.#entries, now, this.#pausedUntil);
    if (next.state === 'now') this.#transmit(next.entry);
    if (next.state === 'later') {
      this.#cancelWake = this.#parts.clock.after(next.at - now, () => this.#sendNext());
    }
  }

  #transmit(entry: OutboxEntry): void {
    const { id, content } = entry.row;
    const cancelLimit = this.#parts.clock.after(UNANSWERED_AFTER_MS, () => {
      entry.become({ state: 'unanswered', failure: UNANSWERED });
      this.#update();
      this.#sendNext();
    });
    entry.become({ state: 'flying', cancelLimit });
    this.#parts.transmit({ type: 'message', ref: id, id, content });
  }

  #fail(entry: OutboxEntry, failure: Failure): void {
    entry.row = { ...entry.row, failure: { code: failure.code, detail: failure.detail } };
    entry.become({ state: 'refused', failure });
    this.#store(entry);
  }

  #store(entry: OutboxEntry): void {
    this.#writes += 1;
    void this.#parts.store.put(entry.row);
  }

  #drop(entry: OutboxEntry): void {
    entry.end();
    this.#entries = this.#entries.filter((other) => other !== entry);
    this.#update();
    this.#writes += 1;
    void this.#parts.store.remove(entry.row);
  }

  /** Another tab changed the rows of this group: take up what it wrote, and drop what it no longer has. */
  async #reread(): Promise<void> {
    const { store, clock, userId, groupId } = this.#parts;
    const writes = this.#writes;
    const rows = await store.rowsOf(userId, groupId);
    // What was read before this tab wrote would undo what it wrote.
    if (writes !== this.#writes) return this.#reread();
    const now = clock.now();
    this.#entries = adoptRows(this.#entries, rows, now, now + OTHER_TAB_GRACE_MS);
    for (const entry of this.#entries) if (!entry.isCounting) this.#pendLater(entry);
    this.#update();
    this.#sendNext();
  }

  #pendLater(entry: OutboxEntry): void {
    entry.pending = !this.#live;
    entry.pendLater(
      this.#parts.clock.after(PENDING_AFTER_MS, () => {
        entry.pending = true;
        this.#update();
        if (entry.sending.state === 'flying') this.#parts.doubted();
      }),
    );
  }

  #find(id: string): OutboxEntry | undefined {
    return this.#entries.find((entry) => entry.row.id === id);
  }

  #update(): void {
    this.#shown = this.#entries.map((entry) => entry.show());
    this.#parts.changed();
  }
}
