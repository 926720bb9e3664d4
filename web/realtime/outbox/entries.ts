import { isUploading, type OutboxRow } from '../cache/outbox-row.ts';
import type { Clock } from '../clock.ts';
import { adoptRows, loadedState } from './adopt-rows.ts';
import { OutboxEntry } from './entry.ts';
import { buildOutboxView, EMPTY_OUTBOX_VIEW, type OutboxView } from './outbox-view.ts';
import type { OutboxStore } from './store.ts';

/** The tab that wrote an entry sends it. Another tab sends it if that has not happened within this time. */
const OTHER_TAB_GRACE_MS = 5_000;

/** Which entry is sent next: none, one that is due, or one at a later time (ms UTC). */
type Turn =
  | { state: 'none' }
  | { state: 'now'; entry: OutboxEntry }
  | { state: 'later'; at: number };

/** What the entries need from their surroundings. */
export interface EntriesParts {
  userId: string;
  groupId: string;
  store: OutboxStore;
  clock: Clock;
  /** The view has changed. */
  changed(): void;
  /** Entries were loaded that another tab or an earlier visit wrote. */
  adopted(entries: readonly OutboxEntry[]): void;
}

/** The entries of one group's outbox in the order they were written, in step with the stored rows and other tabs. */
export class OutboxEntries {
  readonly #parts: EntriesParts;
  #entries: OutboxEntry[] = [];
  #view = EMPTY_OUTBOX_VIEW;
  /** Counts the writes of this tab, to notice one that happened during a read. */
  #writes = 0;
  #unwatch: (() => void) | undefined;

  constructor(parts: EntriesParts) {
    this.#parts = parts;
  }

  get entries(): readonly OutboxEntry[] {
    return this.#entries;
  }

  get view(): OutboxView {
    return this.#view;
  }

  /** Loads what earlier visits left, before the entries that were written since. */
  async open(): Promise<void> {
    const { store, userId, groupId, clock } = this.#parts;
    this.#unwatch = store.watch(userId, groupId, () => void this.#reread());
    const rows = await store.rowsOf(userId, groupId);
    const now = clock.now();
    const left = rows
      .filter((row) => !this.find(row.id))
      .map((row) => new OutboxEntry(row, loadedState(row, now, now), true));
    this.#entries.unshift(...left);
    this.#parts.adopted(left);
    this.rebuildView();
  }

  /** Ends the timers of its entries; they stay stored. */
  close(): void {
    this.#unwatch?.();
    for (const entry of this.#entries) entry.end();
  }

  find(id: string): OutboxEntry | undefined {
    return this.#entries.find((entry) => entry.row.id === id);
  }

  /** My changes of this message. */
  changesOf(messageId: string): OutboxEntry[] {
    return this.#entries.filter(({ row }) => row.type !== 'message' && row.messageId === messageId);
  }

  /**
   * Chooses the entry to send next: the first that is stored and waiting, if none is in flight, so that messages arrive in
   * the order they were written. A message whose files are being uploaded is passed over: words must not wait for a video.
   * None is due before `pausedUntil`.
   */
  nextToSend(pausedUntil: number): Turn {
    const now = this.#parts.clock.now();
    if (this.#entries.some((entry) => entry.sending.state === 'in-flight'))
      return { state: 'none' };
    const due = this.#entries.flatMap((entry) =>
      entry.stored && entry.sending.state === 'waiting' && !isUploading(entry.row)
        ? [{ entry, at: Math.max(entry.sending.notBefore, pausedUntil) }]
        : [],
    );
    const next = due.find(({ at }) => at <= now);
    if (next) return { state: 'now', entry: next.entry };
    if (due.length === 0) return { state: 'none' };
    return { state: 'later', at: Math.min(...due.map(({ at }) => at)) };
  }

  /** Adds an entry at the end. Resolves when it is stored; with `wasDraft` the same transaction deletes its draft. */
  async add(entry: OutboxEntry, options: { wasDraft?: boolean }): Promise<void> {
    this.#entries.push(entry);
    this.rebuildView();
    this.#writes += 1;
    await this.#parts.store.add(entry.row, options);
    entry.stored = true;
  }

  /** Replaces the row of an entry. */
  replace(entry: OutboxEntry, row: OutboxRow): void {
    entry.row = row;
    this.#writes += 1;
    void this.#parts.store.put(row);
  }

  drop(entry: OutboxEntry): void {
    entry.end();
    this.#entries = this.#entries.filter((other) => other !== entry);
    this.rebuildView();
    this.#writes += 1;
    void this.#parts.store.remove(entry.row);
  }

  /** Drops every entry; the caller deletes the stored rows. */
  clear(): void {
    for (const entry of this.#entries) entry.end();
    this.#entries = [];
    this.#writes += 1;
    this.rebuildView();
  }

  /** Builds the view again after a change of an entry. */
  rebuildView(): void {
    this.#view = buildOutboxView(this.#entries, this.#view);
    this.#parts.changed();
  }

  /** Another tab changed the rows of this group: adds what it wrote, and drops what it removed. */
  async #reread(): Promise<void> {
    const { store, clock, userId, groupId } = this.#parts;
    const writes = this.#writes;
    const rows = await store.rowsOf(userId, groupId);
    // Rows that were read before this tab wrote would undo the write.
    if (writes !== this.#writes) return this.#reread();
    const now = clock.now();
    const before = new Set(this.#entries);
    this.#entries = adoptRows(this.#entries, rows, now, now + OTHER_TAB_GRACE_MS);
    this.#parts.adopted(this.#entries.filter((entry) => !before.has(entry)));
    this.rebuildView();
  }
}
