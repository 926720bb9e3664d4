import { assertNever } from '../../../protocol/assert-never.ts';
import type { Message, User } from '../../../protocol/models.ts';
import type { ReceiptView, RowChange, TimelineRow } from '../group-view.ts';
import { isVanished } from '../message.ts';
import type { UnsentMessage } from '../outbox/entry.ts';
import { type PendingChange, withChanges } from '../outbox/overlay.ts';

export type SentRow = TimelineRow & { state: 'sent' };

/** What rows are made of. */
export interface RowSources {
  /** Oldest first. */
  messages: readonly Message[];
  /** What I have not sent, in the order it was written. */
  unsent: readonly UnsentMessage[];
  /** My unacknowledged changes by the id of their message. */
  changes: ReadonlyMap<string, readonly PendingChange[]>;
  /** My user id. */
  me: string;
  userOf: (userId: string) => User | undefined;
  /** The message with my own reactions, where it does not name me: the same object as long as they are the same. */
  withMine?: (message: Message) => Message;
  /** On which message a receipt is shown, and which. */
  receipt?: { id: string; view: ReceiptView } | undefined;
}

/** What a row was made of, to notice that it needs not be made again. */
interface Made {
  row: SentRow;
  message: Message;
  changes: readonly PendingChange[];
}

const NO_CHANGES: readonly PendingChange[] = [];

/**
 * Builds the rows of a timeline or a thread. A row of which nothing changed is the same object as last time, so that a
 * memoised component does not render again when something else changes; so is the list as a whole.
 */
export class TimelineRows {
  #made = new Map<string, Made>();
  #rows: readonly TimelineRow[] = [];
  readonly #unsent = new WeakMap<UnsentMessage, TimelineRow>();

  /** What I have not sent comes last. Of deleted messages only those with replies are shown. */
  build(sources: RowSources): readonly TimelineRow[] {
    const { messages, unsent, me, userOf } = sources;
    const made = new Map<string, Made>();
    for (const message of messages) made.set(message.id, this.#sentRow(message, sources));
    this.#made = made;
    const rows: TimelineRow[] = [];
    for (const { row } of made.values()) if (!isVanished(row.message)) rows.push(row);
    for (const it of unsent) if (!made.has(it.id)) rows.push(this.#unsentRow(it, userOf(me)));
    if (!isSameList(rows, this.#rows)) this.#rows = rows;
    return this.#rows;
  }

  #sentRow(bare: Message, { changes: all, userOf, withMine, receipt }: RowSources): Made {
    const message = withMine?.(bare) ?? bare;
    const changes = all.get(message.id) ?? NO_CHANGES;
    const author = userOf(message.userId);
    const receiptView = receipt?.id === message.id ? receipt.view : undefined;
    const last = this.#made.get(message.id);
    const isSame =
      last?.message === message &&
      last.changes === changes &&
      last.row.author === author &&
      isSameReceipt(last.row.receipt, receiptView);
    if (isSame) return last;
    const change = rowChange(changes);
    const row: SentRow = {
      state: 'sent',
      key: message.id,
      message: withChanges(message, changes),
      author,
      ...(change && { change }),
      ...(receiptView && { receipt: receiptView }),
    };
    return { row, message, changes };
  }

  #unsentRow(unsent: UnsentMessage, author: User | undefined): TimelineRow {
    const last = this.#unsent.get(unsent);
    if (last && last.author === author) return last;
    const row = rowOf(unsent, author);
    this.#unsent.set(unsent, row);
    return row;
  }
}

/** What became of my changes of one message: the first failure, or that they are on their way. */
function rowChange(changes: readonly PendingChange[]): RowChange | undefined {
  if (changes.length === 0) return undefined;
  const failure = changes.find((change) => change.failure)?.failure;
  return failure ? { state: 'failed', failure } : { state: 'sending' };
}

function rowOf(unsent: UnsentMessage, author: User | undefined): TimelineRow {
  const { id: key, content, createdAt } = unsent;
  switch (unsent.state) {
    case 'failed':
      return { state: 'failed', key, content, createdAt, author, failure: unsent.failure };
    case 'sending':
    case 'pending':
    case 'stale':
      return { state: unsent.state, key, content, createdAt, author };
    default:
      return assertNever(unsent);
  }
}

function isSameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, n) => item === b[n]);
}

function isSameReceipt(a: ReceiptView | undefined, b: ReceiptView | undefined): boolean {
  if (!a || !b) return a === b;
  const isSameReader = ({ userId, readAt }: ReceiptView['readBy'][number], n: number): boolean =>
    b.readBy[n]?.userId === userId && b.readBy[n].readAt === readAt;
  return a.state === b.state && a.readBy.length === b.readBy.length && a.readBy.every(isSameReader);
}
