import type { ErrorEvent } from '../../../protocol/server-events.ts';
import {
  type ChangeRow,
  filesOf,
  isAbout,
  type NewChange,
  type NewMessage,
  newOutboxRow,
} from '../cache/outbox-row.ts';
import type { RowEvent } from '../replica/message-window.ts';
import { OutboxEntries } from './entries.ts';
import { OutboxEntry, type Sending } from './entry.ts';
import type { OutboxView } from './outbox-view.ts';
import { OutboxSending, type SendingParts } from './sending.ts';
import { settledBy } from './settles.ts';
import type { OutboxStore } from './store.ts';

/** A message or an edit with files, and what its upload changes. */
export interface UnsentFiles {
  entry: OutboxEntry;
  entries: OutboxEntries;
  sending: OutboxSending;
}

/** What an outbox needs from its surroundings. */
export interface OutboxParts extends SendingParts {
  userId: string;
  groupId: string;
  store: OutboxStore;
  /** Whether the replica holds the message, already as the change wants it. */
  isShown(change: ChangeRow): boolean;
  /**
   * A message or an edit with files was written, loaded, retried or refused: uploads those that are not on the server, and
   * replaces its row.
   */
  upload(unsent: UnsentFiles): void;
  /** The view has changed. */
  changed(): void;
}

/**
 * What a user wrote and changed in one group and the server has not acknowledged: stored in `OutboxStore`, and sent
 * in order. An entry may be sent twice: the server answers a repeated message id with the existing message, and a
 * repeated change changes nothing.
 */
export class Outbox {
  readonly #parts: OutboxParts;
  readonly #entries: OutboxEntries;
  readonly #sending: OutboxSending;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
    this.#entries = new OutboxEntries({
      ...parts,
      adopted: (entries) => {
        for (const entry of entries) {
          this.#sending.expectAnswer(entry);
          this.#upload(entry);
        }
        this.#sending.next();
      },
    });
    this.#sending = new OutboxSending(parts, this.#entries);
  }

  get view(): OutboxView {
    return this.#entries.view;
  }

  /** Loads the entries that earlier visits stored, then starts to send. */
  async open(): Promise<void> {
    await this.#entries.open();
    this.#sending.loaded();
  }

  /** Ends its timers; the entries stay stored. */
  close(): void {
    this.#sending.close();
    this.#entries.close();
  }

  /** Shows the message at once. Resolves when it is stored; with `wasDraft` the same transaction deletes its draft. */
  add(message: NewMessage, options: { wasDraft?: boolean } = {}): Promise<void> {
    return this.#enqueue(message, options);
  }

  /**
   * Shows the change at once. It replaces an unsent change of the same thing. One that may have reached the server is
   * followed by this one even if the message looks right: its event may be still on the way.
   */
  change(change: NewChange): void {
    const row = newOutboxRow(this.#parts, change, this.#parts.clock.now());
    const replaced = this.#replaceWaiting(row);
    const mayDiffer = replaced.some((entry) => entry.mayHaveArrived);
    if (mayDiffer || !this.#parts.isShown(row)) void this.#enqueue(change, {});
  }

  /**
   * Hides a message and stores its deletion at once, so that it survives the page. It is sent after `ms`, or when the
   * page is left; until then `undoDeletion` undoes it.
   */
  deleteIn(ms: number, messageId: string): void {
    if (this.#heldOf(messageId)) return;
    const { clock } = this.#parts;
    const heldUntil = clock.now() + ms;
    const cancelHold = clock.after(ms, () => {
      this.#release(messageId);
      this.#sending.next();
    });
    const deletion: NewChange = { type: 'delete', messageId, heldUntil };
    void this.#enqueue(deletion, {}, { state: 'held', cancelHold });
  }

  /** Drops a held deletion. Does nothing once it was sent. */
  undoDeletion(messageId: string): void {
    const entry = this.#heldOf(messageId);
    if (entry) this.#entries.drop(entry);
  }

  /**
   * The page is left, so held deletions can no longer be undone: sends them all at once, while there is a connection.
   * They stay stored until they are acknowledged.
   */
  leavePage(): void {
    for (const messageId of this.view.held) {
      const entry = this.#release(messageId);
      if (entry) this.#sending.sendNow(entry);
    }
  }

  /** Takes a change of rows from the server: drops the entries that it acknowledges. */
  settle(event: RowEvent): void {
    const settled = settledBy(event, this.#entries.entries);
    for (const entry of settled) this.#entries.drop(entry);
    if (settled.length > 0) this.#sending.next();
  }

  /** The message does not exist any more: drops my changes of it. */
  gone(messageId: string): void {
    for (const entry of this.#entries.changesOf(messageId)) this.#entries.drop(entry);
    this.#sending.next();
  }

  /** Takes an `error` event, which may be about an entry. */
  refuse(error: ErrorEvent): void {
    this.#sending.refuse(error);
    const entry = this.#entries.find(error.ref ?? '');
    if (entry) this.#upload(entry);
  }

  /** The frame in flight was too large and ended the connection. */
  refuseTooLarge(): void {
    this.#sending.refuseTooLarge();
  }

  /** Sends a failed or stale message again, under its id. */
  retry(id: string): void {
    const entry = this.#entries.find(id);
    if (!entry) return;
    this.#sending.retry([entry]);
    this.#upload(entry);
  }

  /** Sends my failed changes of a message again. */
  retryChanges(messageId: string): void {
    const changes = this.#entries.changesOf(messageId);
    this.#sending.retry(changes);
    for (const entry of changes) this.#upload(entry);
  }

  /** Drops my failed changes of a message. */
  dropChanges(messageId: string): void {
    const failed = this.#entries.changesOf(messageId).filter((entry) => entry.isHalted);
    for (const entry of failed) this.#entries.drop(entry);
  }

  /** Drops a message and returns its text. If it may have reached the server, it is deleted there too. */
  discard(id: string): string | undefined {
    const entry = this.#entries.find(id);
    if (entry?.row.type !== 'message') return undefined;
    const { content } = entry.row;
    if (entry.mayHaveArrived) this.change({ type: 'delete', messageId: id });
    this.#entries.drop(entry);
    this.#sending.next();
    return content;
  }

  /** The connection is live: sends (again) all that is not acknowledged. */
  connected(): void {
    this.#sending.connected();
  }

  /** The connection is lost: the entries wait. */
  disconnected(): void {
    this.#sending.disconnected();
  }

  /** Drops every entry of the group, and deletes all that this machine stores of it. */
  async forget(): Promise<void> {
    const { store, userId, groupId } = this.#parts;
    this.#entries.clear();
    await store.forget(userId, groupId);
  }

  #heldOf(messageId: string): OutboxEntry | undefined {
    return this.#entries.changesOf(messageId).find(({ sending }) => sending.state === 'held');
  }

  /** Lets a held deletion be sent, in place of every unsent change of its message; returns it. */
  #release(messageId: string): OutboxEntry | undefined {
    const entry = this.#heldOf(messageId);
    if (!entry || entry.row.type === 'message') return undefined;
    entry.become({ state: 'waiting', notBefore: 0 });
    this.#replaceWaiting(entry.row);
    this.#entries.rebuildView();
    return entry;
  }

  /** Drops the unsent changes of the same thing; returns all changes of it, those in flight too. */
  #replaceWaiting(row: ChangeRow): OutboxEntry[] {
    const others = this.#entries.entries.filter(
      (entry) => entry.row !== row && isAbout(entry.row, row),
    );
    for (const entry of others) if (entry.sending.state !== 'in-flight') this.#entries.drop(entry);
    return others;
  }

  async #enqueue(
    content: NewMessage | NewChange,
    options: { wasDraft?: boolean },
    sending: Sending = { state: 'waiting', notBefore: 0 },
  ): Promise<void> {
    const row = newOutboxRow(this.#parts, content, this.#parts.clock.now());
    const entry = new OutboxEntry(row, sending, false);
    this.#sending.expectAnswer(entry);
    await this.#entries.add(entry, options);
    this.#upload(entry);
    this.#sending.next();
  }

  #upload(entry: OutboxEntry): void {
    if (filesOf(entry.row).length === 0) return;
    this.#parts.upload({ entry, entries: this.#entries, sending: this.#sending });
  }
}
