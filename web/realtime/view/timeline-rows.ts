import { assertNever } from '../../../protocol/assert-never.ts';
import type { Message, User } from '../../../protocol/models.ts';
import type { ReceiptView, RowChange, TimelineRow } from '../group-view.ts';
import { hasReacted, isVanished, react } from '../message.ts';
import type { PendingChange, UnsentMessage } from '../outbox/entry.ts';

type SentRow = TimelineRow & { state: 'sent' };
type UnsentRow = Exclude<TimelineRow, SentRow>;

/** What rows are built from. */
export interface RowSources {
  /** Oldest first. */
  messages: readonly Message[];
  /** My unsent messages in the order they were written. */
  unsent: readonly UnsentMessage[];
  /** My unacknowledged changes by the id of their message. */
  changes: ReadonlyMap<string, readonly PendingChange[]>;
  /** My user id. */
  me: string;
  userOf: (userId: string) => User | undefined;
  /**
   * Adds my own reactions where the message does not list them: returns the same object as long as they are the same.
   */
  withMine?: (message: Message) => Message;
  /** The message that shows a receipt, and that receipt once it is sent. */
  receipt?: { id: string; view?: ReceiptView } | undefined;
  /** The root of a thread, if it is held; only for rows that name the message they reply to. */
  rootOf?: (parentId: string) => Message | undefined;
}

/** A built row and what it was built from, to build it again only when that has changed. */
interface BuiltRow {
  row: SentRow;
  message: Message;
  changes: readonly PendingChange[];
}

const NO_CHANGES: readonly PendingChange[] = [];

/**
 * Builds the rows of a timeline or a thread. A row without changes stays the same object, so that a memoised component
 * does not render it again; so does the list as a whole.
 */
export class TimelineRows {
  #built = new Map<string, BuiltRow>();
  #rows: readonly TimelineRow[] = [];
  readonly #unsent = new WeakMap<UnsentMessage, UnsentRow>();

  /** Unsent messages come last. Deleted messages are shown only if they have replies. */
  build(sources: RowSources): readonly TimelineRow[] {
    const { messages, unsent, receipt } = sources;
    const built = new Map<string, BuiltRow>();
    for (const message of messages) built.set(message.id, this.#sentRow(message, sources));
    this.#built = built;
    const rows: TimelineRow[] = [];
    for (const { row } of built.values()) if (!isVanished(row.message)) rows.push(row);
    for (const it of unsent) {
      const hasReceipt = receipt?.id === it.id;
      if (!built.has(it.id)) rows.push(this.#unsentRow(it, hasReceipt, sources));
    }
    if (!isSameList(rows, this.#rows)) this.#rows = rows;
    return this.#rows;
  }

  #sentRow(bare: Message, sources: RowSources): BuiltRow {
    const { changes: all, userOf, withMine, receipt } = sources;
    const message = withMine?.(bare) ?? bare;
    const changes = all.get(message.id) ?? NO_CHANGES;
    const author = userOf(message.userId);
    const receiptView = receipt?.id === message.id ? receipt.view : undefined;
    const root = rootOf(message, sources);
    const last = this.#built.get(message.id);
    const isSame =
      last?.message === message &&
      last.changes === changes &&
      last.row.author === author &&
      last.row.root === root &&
      isSameReceipt(last.row.receipt, receiptView);
    if (isSame) return last;
    const change = rowChange(changes);
    const row: SentRow = {
      state: 'sent',
      key: message.id,
      message: changes.reduce(withChange, message),
      author,
      ...(change && { change }),
      ...(receiptView && { receipt: receiptView }),
      ...(root && { root }),
    };
    return { row, message, changes };
  }

  #unsentRow(unsent: UnsentMessage, hasReceipt: boolean, sources: RowSources): TimelineRow {
    const author = sources.userOf(sources.me);
    const root = rootOf(unsent, sources);
    const last = this.#unsent.get(unsent);
    const isSame = last?.author === author && last?.hasReceipt === hasReceipt && last.root === root;
    if (isSame) return last;
    const { id: key, alsoToGroup: _, ...state } = unsent;
    const row = { key, ...state, author, hasReceipt, ...(root && { root }) };
    this.#unsent.set(unsent, row);
    return row;
  }
}

/**
 * The message as it will be after my change of it, so that it is shown at once. A failed change is still shown, with its
 * failure; only a message whose deletion failed is shown again.
 */
function withChange(message: Message, { row, failure }: PendingChange): Message {
  if (message.deletedAt !== undefined) return message;
  switch (row.type) {
    case 'edit': {
      const { files, content } = row;
      return { ...message, content, edited: true, ...(files && { attachments: files }) };
    }
    case 'delete':
      return failure ? message : { ...message, content: '', deletedAt: row.createdAt };
    case 'reaction':
      if (hasReacted(message, row.emoji, row.userId) === (row.op === 'add')) return message;
      return react(message, row);
    default:
      return assertNever(row);
  }
}

function rootOf(
  { parentId }: { parentId?: string | undefined },
  sources: RowSources,
): Message | undefined {
  return parentId === undefined ? undefined : sources.rootOf?.(parentId);
}

/** The state of my changes of one message: the first failure, or that they are being sent. */
function rowChange(changes: readonly PendingChange[]): RowChange | undefined {
  if (changes.length === 0) return undefined;
  const failure = changes.find((change) => change.failure)?.failure;
  return failure ? { state: 'failed', failure } : { state: 'sending' };
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
