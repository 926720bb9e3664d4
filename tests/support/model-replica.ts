import { assertNever } from '../../protocol/assert-never.ts';
import type { Group, Member, Message, ThreadSummary } from '../../protocol/models.ts';
import type { MessagePage } from '../../protocol/rest.ts';
import type {
  DurableEvent,
  Receipt,
  ReceiptUpdateEvent,
  ServerEvent,
  ThreadStateEvent,
} from '../../protocol/server-events.ts';

/** A requested page, and the events that arrive meanwhile: the page may be older. */
export interface PageOnItsWay {
  /** Whether it continues the timeline below the loaded range. */
  extendsTimeline: boolean;
  arrived: (DurableEvent | ThreadStateEvent)[];
}

type Durable = DurableEvent['type'];
const DURABLE: ReadonlySet<string> = new Set<Durable>([
  'message',
  'message_update',
  'message_delete',
  'reaction_update',
  'member_update',
  'group_update',
]);

/** Whether an event has a rev of its own; the answer to a repeated id has none. */
export function isPlaced(event: ServerEvent): event is DurableEvent {
  return DURABLE.has(event.type) && !(event.type === 'message' && event.repeat === true);
}

/**
 * One client's copy of a group by the letter of the contract, without shortcuts: strictly in order, and merged by rev. It
 * throws on a missing row, and on an event that the contract forbids.
 */
export class ModelReplica {
  /** Everything up to this rev of this epoch is applied. */
  n = 0;
  epoch: string | undefined;
  group: Group | undefined;
  me: ThreadStateEvent['me'] | undefined;
  readonly rows = new Map<string, Message>();
  readonly members = new Map<string, Member>();
  readonly receipts = new Map<string, Receipt>();
  /** The timeline is complete from this seq on. */
  floor = Number.POSITIVE_INFINITY;
  /** The rev at which this copy started: later changes are complete. */
  #began = 0;
  #setAside = new Map<number, DurableEvent>();
  #pages = new Set<PageOnItsWay>();

  /** Whether a rev is missing. */
  get hasGap(): boolean {
    return this.#setAside.size > 0;
  }

  apply(event: ServerEvent): void {
    if (event.type === 'thread_state') this.#adopt(event);
    else if (event.type === 'message' && event.repeat) this.#merge(event.message);
    else if (event.type === 'receipt_update') this.#moveCursor(event);
    else if (isPlaced(event)) this.#follow(event);
  }

  /** Events that waited for a gap on a lost connection arrive again with the answer to `since`. */
  disconnect(): void {
    this.#setAside.clear();
  }

  expectPage(extendsTimeline: boolean): PageOnItsWay {
    const page = { extendsTimeline, arrived: [] };
    this.#pages.add(page);
    return page;
  }

  /** Merges a page. A page from before a reset or of another epoch is dropped. */
  takePage(expected: PageOnItsWay, page: MessagePage | undefined): void {
    if (!this.#pages.delete(expected) || page === undefined || page.epoch !== this.epoch) return;
    for (const message of page.messages) this.#put(message);
    const [oldest] = page.messages;
    if (expected.extendsTimeline) this.floor = page.hasBefore && oldest ? oldest.seq : 0;
    for (const event of expected.arrived) {
      if (event.type === 'thread_state') for (const row of event.messages) this.#merge(row);
      else if (event.rev > page.rev) this.#changeRow(event);
    }
  }

  #follow(event: DurableEvent): void {
    for (const page of this.#pages) page.arrived.push(event);
    if (event.rev > this.n) this.#setAside.set(event.rev, event);
    this.#drain();
  }

  #adopt(state: ThreadStateEvent): void {
    if (state.parentId === null) this.#adoptGroup(state);
    else if (state.epoch === this.epoch) for (const message of state.messages) this.#put(message);
  }

  #adoptGroup(state: ThreadStateEvent): void {
    if (state.reset) {
      this.rows.clear();
      this.members.clear();
      this.#pages.clear();
      this.floor = state.hasBefore ? (state.messages[0]?.seq ?? 0) : 0;
      this.#began = state.rev;
    }
    for (const page of this.#pages) page.arrived.push(state);
    for (const message of state.messages) this.#merge(message);
    for (const member of state.members) this.members.set(member.userId, member);
    this.receipts.clear();
    for (const receipt of state.receipts) this.receipts.set(receipt.userId, receipt);
    this.group = state.group;
    this.me = state.me;
    this.n = state.rev;
    this.epoch = state.epoch;
    for (const rev of this.#setAside.keys()) if (rev <= this.n) this.#setAside.delete(rev);
    this.#drain();
  }

  #drain(): void {
    for (;;) {
      const next = this.#setAside.get(this.n + 1);
      if (!next) return;
      this.#setAside.delete(next.rev);
      this.#changeRow(next);
      this.#changeGroup(next);
      this.n = next.rev;
    }
  }

  #changeGroup(event: DurableEvent): void {
    if (!this.group) throw new Error('an event arrived before the first state');
    if (event.type === 'message') this.group = { ...this.group, lastSeq: event.message.seq };
    if (event.type === 'group_update') this.group = event.group;
    if (event.type === 'member_update') {
      this.members.set(event.member.userId, event.member);
      this.group = { ...this.group, memberCount: event.memberCount };
    }
  }

  #changeRow(event: DurableEvent): void {
    switch (event.type) {
      case 'message':
        this.#merge(event.message);
        this.#summarise(event.parent, event.rev);
        return;
      case 'message_update':
        this.#merge(event.message);
        return;
      case 'message_delete':
        this.#change(event, (row) => tombstone(row, event.deletedAt));
        this.#summarise(event.parent, event.rev);
        return;
      case 'reaction_update':
        this.#change(event, (row) => reacted(row, event));
        return;
      case 'member_update':
      case 'group_update':
        return;
      default:
        assertNever(event);
    }
  }

  /** A row below the loaded range is only updated, never inserted. */
  #merge(message: Message): void {
    if (message.seq >= this.floor || this.rows.has(message.id)) this.#put(message);
    else if (message.seq > this.#began) throw new Error(`${message.id} should be held`);
  }

  #put(message: Message): void {
    const held = this.rows.get(message.id);
    if (!held || held.rev < message.rev) this.rows.set(message.id, message);
  }

  #change(
    { id, seq, rev }: { id: string; seq: number; rev: number },
    change: (row: Message) => Message,
  ): void {
    const held = this.rows.get(id);
    if (!held && seq > this.#began) throw new Error(`${id} should be held, and changed at ${rev}`);
    if (held && held.rev < rev) this.rows.set(id, { ...change(held), rev });
  }

  #summarise(parent: ThreadSummary | undefined, rev: number): void {
    const root = parent && this.rows.get(parent.id);
    if (!parent || !root || root.rev >= rev) return;
    const { replyCount: _, lastReplyAt: __, replyUserIds: ___, ...rest } = root;
    const { id: ____, ...summary } = parent;
    this.rows.set(root.id, { ...rest, ...(summary.replyCount > 0 && summary), rev });
  }

  #moveCursor(event: ReceiptUpdateEvent): void {
    if (!this.me) throw new Error('a cursor moved before the first state');
    const { userId, parentId, readSeq, deliveredSeq, readAt, following, mark } = event;
    if (parentId !== undefined) {
      const others = this.me.readThreads.filter((thread) => thread.parentId !== parentId);
      const thread = { parentId, readSeq: readSeq ?? 0, following: following ?? false };
      this.me = { ...this.me, readThreads: [...others, thread] };
      return;
    }
    const before = this.receipts.get(userId) ?? { userId, readSeq: 0, deliveredSeq: 0 };
    this.receipts.set(userId, {
      userId,
      readSeq: readSeq ?? before.readSeq,
      deliveredSeq: deliveredSeq ?? before.deliveredSeq,
      readAt: readAt ?? before.readAt,
    });
    if (userId !== this.me.userId) return;
    this.me = { ...this.me, readSeq: readSeq ?? this.me.readSeq, mark: mark ?? this.me.mark };
  }
}

function tombstone(row: Message, deletedAt: number): Message {
  const {
    edited: _,
    mentions: __,
    reactions: ___,
    pinnedAt: ____,
    pinnedBy: _____,
    attachments: ______,
    ...rest
  } = row;
  return { ...rest, content: '', updatedAt: deletedAt, deletedAt };
}

function reacted(
  row: Message,
  { emoji, userId, op, count }: Extract<DurableEvent, { type: 'reaction_update' }>,
): Message {
  const before = row.reactions ?? [];
  const userIds = before.find((reaction) => reaction.emoji === emoji)?.userIds ?? [];
  const others = userIds.filter((id) => id !== userId);
  const after = { emoji, count, userIds: op === 'add' ? [...others, userId] : others };
  if (after.userIds.length !== count) {
    throw new Error(`${emoji} on ${row.id}: the server counts ${count}, we ${after.userIds}`);
  }
  const isNew = userIds.length === 0;
  const reactions = isNew
    ? [...before, after]
    : before.map((reaction) => (reaction.emoji === emoji ? after : reaction));
  const used = reactions.filter((reaction) => reaction.count > 0);
  const { reactions: _, ...rest } = row;
  return used.length > 0 ? { ...rest, reactions: used } : rest;
}
