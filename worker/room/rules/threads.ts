import { ok, type Result } from '../../../protocol/errors.ts';
import type { Message } from '../../../protocol/models.ts';
import type { FollowedThread } from '../../../protocol/rest.ts';
import type { ReceiptUpdateEvent } from '../../../protocol/server-events.ts';
import type { Follow } from '../rows/cursor-store.ts';
import type { RoomStore } from '../rows/room-store.ts';
import { memberWhoMay } from './permissions.ts';
import { rootOf } from './root-of.ts';

/** The rules of following: who hears of a thread, and how far they have read it. */
export class Threads {
  readonly #store: RoomStore;
  readonly #tell: (update: ReceiptUpdateEvent) => void;

  /** `tell` is for a person's own sockets only. */
  constructor(store: RoomStore, tell: (update: ReceiptUpdateEvent) => void) {
    this.#store = store;
    this.#tell = tell;
  }

  /**
   * A reply came: its author, the root's author and whoever one of the two mentions follow from now on, unless they left
   * the thread on purpose. Its author has read so far; those whom it mentions have everything before it behind them.
   */
  replied(root: Message, reply: Message): void {
    this.#begin(reply.userId, root, reply.seq);
    this.#begin(root.userId, root, root.seq);
    for (const userId of root.mentions ?? []) this.#begin(userId, root, root.seq);
    for (const userId of reply.mentions ?? []) this.#begin(userId, root, reply.seq - 1);
  }

  /** A message was edited, and mentions these now. */
  mentioned(message: Message, userIds: string[]): void {
    const { parentId } = message;
    const root = parentId === undefined ? message : this.#store.messages.plainById(parentId);
    if (!root?.replyCount) return;
    const readSeq = parentId === undefined ? root.seq : message.seq - 1;
    for (const userId of userIds) this.#begin(userId, root, readSeq);
  }

  /** Follows or leaves a thread on purpose; leaving sticks. */
  follow(userId: string, parentId: string, following: boolean): Result<null> {
    const root = this.#root(userId, parentId);
    if (!root.ok) return root;
    const before = this.#store.cursors.follow(userId, root.value.seq);
    if (before?.following === following) return ok(null);
    const [last] = this.#store.messages.before(
      { rootSeq: root.value.seq },
      Number.MAX_SAFE_INTEGER,
      1,
    );
    this.#put(parentId, {
      userId,
      rootSeq: root.value.seq,
      following,
      // Whoever follows by hand has the thread before them: it is read.
      readSeq: before?.readSeq ?? last?.seq ?? root.value.seq,
    });
    return ok(null);
  }

  /** Moves the read cursor of a followed thread: forward, and back only on purpose. */
  read(userId: string, parentId: string, seq: number, manual: boolean): Result<null> {
    const root = this.#root(userId, parentId);
    if (!root.ok) return root;
    const before = this.#store.cursors.follow(userId, root.value.seq);
    if (!before || (seq <= before.readSeq && !manual)) return ok(null);
    this.#put(parentId, { ...before, readSeq: Math.min(seq, this.#store.messages.lastSeq()) });
    return ok(null);
  }

  /** The threads that a person follows, unread ones first; `next` is where the following page begins. */
  list(
    userId: string,
    limit: number,
    offset: number,
  ): Result<{ items: FollowedThread[]; next?: number }> {
    const member = memberWhoMay(this.#store, userId, 'read');
    if (!member.ok) return member;
    const found = this.#store.cursors.followed(userId, limit + 1, offset);
    const items = found.slice(0, limit).flatMap(({ rootSeq, unread, lastReplyAt }) => {
      const root = this.#store.messages.bySeq(rootSeq);
      return root ? [{ root, unread, lastReplyAt }] : [];
    });
    return ok({ items, ...(found.length > limit && { next: offset + limit }) });
  }

  #root(userId: string, parentId: string): Result<Message> {
    const member = memberWhoMay(this.#store, userId, 'read');
    if (!member.ok) return member;
    return rootOf(this.#store, parentId);
  }

  /** Lets somebody follow who has not decided yet. */
  #begin(userId: string, { id, seq: rootSeq }: Message, readSeq: number): void {
    if (this.#store.cursors.follow(userId, rootSeq)) return;
    this.#put(id, { userId, rootSeq, following: true, readSeq });
  }

  #put(parentId: string, follow: Follow): void {
    this.#store.cursors.putFollow(follow);
    const { userId, readSeq, following } = follow;
    this.#tell({ type: 'receipt_update', userId, parentId, readSeq, following });
  }
}
