import { ok, type Result } from '../../../protocol/errors.ts';
import { REPLIES_IN_LIST } from '../../../protocol/limits.ts';
import type { Message } from '../../../protocol/models.ts';
import type { ThreadChange } from '../../../protocol/rest-requests.ts';
import type { ReceiptUpdateEvent } from '../../../protocol/server-events.ts';
import type { FollowedThread, ThreadState } from '../../../protocol/threads.ts';
import type { ThreadQuery } from '../../thread-place.ts';
import type { ThreadPage } from '../room-rpc.ts';
import type { Follow } from '../rows/follow-store.ts';
import type { RoomStore } from '../rows/room-store.ts';
import { memberWhoMay, rootOf } from './permissions.ts';
import { usersNamedBy } from './thread-state.ts';

/** The rules of threads: who follows one, and how far they have read it. */
export class Threads {
  readonly #store: RoomStore;
  readonly #publish: (update: ReceiptUpdateEvent) => void;

  /** `publish` sends to the clients of the update's user only. */
  constructor(store: RoomStore, publish: (update: ReceiptUpdateEvent) => void) {
    this.#store = store;
    this.#publish = publish;
  }

  /**
   * After a reply, its author, the root's author and everyone whom either message mentions follow the thread, unless they
   * have left it. The thread counts as read up to the reply for its author, and before the reply for those it mentions.
   */
  replied(root: Message, reply: Message): void {
    this.#begin(reply.userId, root, reply.seq);
    this.#begin(root.userId, root, root.seq);
    for (const userId of root.mentions ?? []) this.#begin(userId, root, root.seq);
    for (const userId of reply.mentions ?? []) this.#begin(userId, root, reply.seq - 1);
  }

  /** After an edit, the users whom it newly mentions follow the thread. */
  mentioned(message: Message, userIds: string[]): void {
    const { parentId } = message;
    const root = parentId === undefined ? message : this.#store.messages.plainById(parentId);
    if (!root?.replyCount) return;
    const readSeq = parentId === undefined ? root.seq : message.seq - 1;
    for (const userId of userIds) this.#begin(userId, root, readSeq);
  }

  /** A user follows or leaves a thread. A user who has left never follows it automatically again. */
  follow(userId: string, parentId: string, following: boolean): Result<null> {
    const root = this.#root(userId, parentId);
    if (!root.ok) return root;
    const before = this.#store.follows.find(userId, root.value.seq);
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
      // A user who follows by hand is looking at the thread: it counts as read.
      readSeq: before?.readSeq ?? last?.seq ?? root.value.seq,
    });
    return ok(null);
  }

  /** Moves the read cursor of a thread: forward, or back only if `manual`. No effect without a follow. */
  read(userId: string, parentId: string, seq: number, manual: boolean): Result<null> {
    const root = this.#root(userId, parentId);
    if (!root.ok) return root;
    const before = this.#store.follows.find(userId, root.value.seq);
    if (!before || (seq <= before.readSeq && !manual)) return ok(null);
    this.#put(parentId, { ...before, readSeq: Math.min(seq, this.#store.messages.lastSeq()) });
    return ok(null);
  }

  /** The threads that a user follows, unread ones first, and the users that they name. */
  list(userId: string, query: ThreadQuery): Result<ThreadPage> {
    const member = memberWhoMay(this.#store, userId, 'read');
    if (!member.ok) return member;
    const items = this.#store.follows.followed(userId, query).flatMap((place) => {
      const root = this.#store.messages.bySeq(place.rootSeq);
      return root ? [{ place, thread: this.#followed(root, place.unread) }] : [];
    });
    const named = items.flatMap(({ thread }) => [thread.root, ...thread.replies]);
    return ok({ items, users: usersNamedBy(this.#store, named, []) });
  }

  /** One thread, whether or not the user follows it. */
  state(userId: string, parentId: string): Result<ThreadState> {
    const found = this.#root(userId, parentId);
    if (!found.ok) return found;
    const { follows, messages } = this.#store;
    const { seq } = found.value;
    // With its reactions.
    const root = messages.bySeq(seq) ?? found.value;
    const thread = this.#followed(root, follows.countUnread(userId, seq));
    const users = usersNamedBy(this.#store, [thread.root, ...thread.replies], []);
    return ok({ thread, following: follows.find(userId, seq)?.following === true, users });
  }

  /** Follows or leaves a thread, and moves its read cursor forward. */
  change(userId: string, parentId: string, change: ThreadChange): Result<ThreadState> {
    const { following, readSeq } = change;
    const followed = following === undefined ? ok(null) : this.follow(userId, parentId, following);
    if (!followed.ok) return followed;
    const read = readSeq === undefined ? ok(null) : this.read(userId, parentId, readSeq, false);
    return read.ok ? this.state(userId, parentId) : read;
  }

  #followed(root: Message, unread: number): FollowedThread {
    const replies = this.#store.messages.newestReplies(root.seq, REPLIES_IN_LIST);
    const { groupId } = this.#store;
    return { groupId, root, unread, lastReplyAt: root.lastReplyAt ?? root.createdAt, replies };
  }

  #root(userId: string, parentId: string): Result<Message> {
    const member = memberWhoMay(this.#store, userId, 'read');
    if (!member.ok) return member;
    return rootOf(this.#store, parentId);
  }

  /** Follows a thread for a user who has neither followed nor left it. */
  #begin(userId: string, { id, seq: rootSeq }: Message, readSeq: number): void {
    if (this.#store.follows.find(userId, rootSeq)) return;
    this.#put(id, { userId, rootSeq, following: true, readSeq });
  }

  #put(parentId: string, follow: Follow): void {
    this.#store.follows.put(follow);
    const { userId, readSeq, following } = follow;
    this.#publish({ type: 'receipt_update', userId, parentId, readSeq, following });
  }
}
