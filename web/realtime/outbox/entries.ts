import type { OutboxRow } from '../cache/outbox-row.ts';
import type { Clock } from '../clock.ts';
import { adoptRows, standing } from './adopt-rows.ts';
import { OutboxEntry } from './entry.ts';
import { buildOutboxView, EMPTY_OUTBOX_VIEW, type OutboxView } from './outbox-view.ts';
import type { OutboxStore } from './store.ts';

/** The tab that wrote a row sends it; another tab does so only when it had this long and did not. */
const OTHER_TAB_GRACE_MS = 5_000;

/** What the entries need from their surroundings. */
export interface EntriesParts {
  userId: string;
  groupId: string;
  store: OutboxStore;
  clock: Clock;
  /** The view has changed. */
  changed(): void;
  /** Rows were taken up that this tab did not write just now. */
  adopted(entries: readonly OutboxEntry[]): void;
}

/** The rows of one group's outbox in the order they were written, in step with what is stored and with other tabs. */
export class OutboxEntries {
  readonly #parts: EntriesParts;
  #entries: OutboxEntry[] = [];
  #view = EMPTY_OUTBOX_VIEW;
  /** Counts what this tab has written, to notice a read that it overtook. */
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

  /** Puts what earlier visits left before what was written since. */
  async open(): Promise<void> {
    const { store, userId, groupId, clock } = this.#parts;
    this.#unwatch = store.watch(userId, groupId, () => void this.#reread());
    const rows = await store.rowsOf(userId, groupId);
    const now = clock.now();
    const left = rows
      .filter((row) => !this.find(row.id))
      .map((row) => new OutboxEntry(row, standing(row, now, now), true));
    this.#entries.unshift(...left);
    this.#parts.adopted(left);
    this.rebuildView();
  }

  /** Ends the timers of its rows; they stay stored. */
  close(): void {
    this.#unwatch?.();
    for (const entry of this.#entries) entry.end();
  }

  find(id: string): OutboxEntry | undefined {
    return this.#entries.find((entry) => entry.row.id === id);
  }

  /** What is to be changed of this message. */
  changesOf(messageId: string): OutboxEntry[] {
    return this.#entries.filter(({ row }) => row.type !== 'message' && row.messageId === messageId);
  }

  /** Adds a row at the end; resolves when it is stored, and the draft that it was, if any, is gone with it. */
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

  /** Forgets every row; whoever calls deletes what is stored. */
  clear(): void {
    for (const entry of this.#entries) entry.end();
    this.#entries = [];
    this.#writes += 1;
    this.rebuildView();
  }

  /** Something of its entries changed. */
  rebuildView(): void {
    this.#view = buildOutboxView(this.#entries, this.#view);
    this.#parts.changed();
  }

  /** Another tab changed the rows of this group: take up what it wrote, and drop what it no longer has. */
  async #reread(): Promise<void> {
    const { store, clock, userId, groupId } = this.#parts;
    const writes = this.#writes;
    const rows = await store.rowsOf(userId, groupId);
    // What was read before this tab wrote would undo what it wrote.
    if (writes !== this.#writes) return this.#reread();
    const now = clock.now();
    const before = new Set(this.#entries);
    this.#entries = adoptRows(this.#entries, rows, now, now + OTHER_TAB_GRACE_MS);
    this.#parts.adopted(this.#entries.filter((entry) => !before.has(entry)));
    this.rebuildView();
  }
}
