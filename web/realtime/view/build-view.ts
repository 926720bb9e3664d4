import type { Message, User } from '../../../protocol/models.ts';
import type { GroupView, RangeView, ThreadView } from '../group-view.ts';
import { isVanished } from '../message.ts';
import type { UnsentMessage } from '../outbox/entry.ts';
import type { MessageRange } from '../replica/message-range.ts';
import { threadIn } from '../replica/my-cursors.ts';
import type { People } from '../replica/people.ts';
import type { FollowRequests } from '../signals/follow-requests.ts';
import type { GroupSync } from '../sync/group-sync.ts';
import type { Paging } from '../sync/paging.ts';
import type { Divider } from '../visit/divider.ts';
import type { OpenedThread } from '../visit/visit.ts';
import { hasReceipts, receiptOf } from './receipt-of.ts';
import { type RowSources, TimelineRows } from './timeline-rows.ts';

/** What a view is built from. */
export interface GroupViewParts {
  /** My user id. */
  me: string;
  groupSync: GroupSync;
  paging: Paging;
  divider: Divider;
  follows: FollowRequests;
  userOf: (userId: string) => User | undefined;
}

/** Builds the view of the group. What has not changed since the last view is the same object in the next one. */
export class GroupViewBuilder {
  readonly #parts: GroupViewParts;
  readonly #timeline = new TimelineRows();
  #replies = new TimelineRows();
  #root = new TimelineRows();
  #threadId: string | undefined;
  #typing = new Map<string | null, readonly User[]>();
  #names: { people: People; version: number; userOf: GroupView['userOf'] } | undefined;

  constructor(parts: GroupViewParts) {
    this.#parts = parts;
  }

  /** Builds all of the view except the connection and how the visit opens. */
  build(thread: OpenedThread | undefined): Omit<GroupView, 'connection' | 'closed' | 'opening'> {
    const { groupSync, paging, divider } = this.#parts;
    const { group, me, people, ephemeral, timeline, newVersion, resets, replies } =
      groupSync.replica;
    const { target, isTargetMissing } = paging;
    const { shown } = timeline;
    const dividerView = divider.view(shown);
    const threadView = this.#buildThread(thread);
    return {
      ...this.#buildRange(timeline, this.#timeline, undefined),
      ...(group && { group }),
      ...(me && { me }),
      members: people.members,
      userOf: this.#userOf(people),
      presence: ephemeral.presence,
      presentCount: ephemeral.presentCount,
      ...(dividerView && { divider: dividerView }),
      ...(target && { target }),
      targetMissing: isTargetMissing,
      ...(threadView && { thread: threadView }),
      newVersion,
      resets,
      replies,
    };
  }

  /** A new function when users change, so that names inside of messages are read again only then. */
  #userOf(people: People): GroupView['userOf'] {
    const { version } = people;
    if (this.#names?.people === people && this.#names.version === version) {
      return this.#names.userOf;
    }
    const userOf = (id: string) => this.#parts.userOf(id);
    this.#names = { people, version, userOf };
    return userOf;
  }

  #buildThread(opened: OpenedThread | undefined): ThreadView | undefined {
    const { groupSync, follows } = this.#parts;
    const { thread, me } = groupSync.replica;
    if (!thread || !opened) return undefined;
    const { parentId, replies, root, isLoaded } = thread;
    if (this.#threadId !== parentId) {
      this.#threadId = parentId;
      this.#replies = new TimelineRows();
      this.#root = new TimelineRows();
    }
    const range = this.#buildRange(replies, this.#replies, parentId);
    const [rootRow] = this.#root.build({ ...this.#sources(), messages: root ? [root] : [] });
    const isGone = thread.isMissing || (isLoaded && (!root || isVanished(root)));
    const following = me && threadIn(me, parentId)?.following;
    return {
      ...range,
      parentId,
      ...(rootRow?.state === 'sent' && { root: rootRow }),
      missing: isGone,
      loadingBefore: range.loadingBefore || (!isLoaded && !isGone),
      following: follows.of(parentId) ?? following ?? false,
      isLoaded,
      openedReadSeq: opened.isCleared ? undefined : opened.readSeq,
    };
  }

  #buildRange(range: MessageRange, rows: TimelineRows, where: string | undefined): RangeView {
    const { groupSync, paging } = this.#parts;
    const { shown } = range;
    const { hasBefore, hasAfter } = shown;
    const unsent = hasAfter ? [] : groupSync.outbox.view.unsent.filter(isIn(where));
    const receipt = where === undefined && !hasAfter ? this.#receipt(unsent) : undefined;
    const removed = groupSync.outbox.view.held.findLast(
      (id) => id === where || shown.messages.some((message) => message.id === id),
    );
    const sources = { ...this.#sources(), messages: shown.messages, unsent, receipt };
    const rootOf = (parentId: string) => groupSync.replica.row(parentId);
    return {
      rows: rows.build(where === undefined ? { ...sources, rootOf } : sources),
      hasBefore,
      loadingBefore: paging.isLoading('before', where),
      hasAfter,
      loadingAfter: paging.isLoading('after', where),
      typing: this.#typingIn(where ?? null),
      ...(removed !== undefined && { removed }),
    };
  }

  #sources(): RowSources {
    const { groupSync, me, userOf } = this.#parts;
    const { changes } = groupSync.outbox.view;
    const withMine = (message: Message) => groupSync.myReactions.withMine(message);
    return { messages: [], unsent: [], changes, me, userOf, withMine };
  }

  /** Moves to a new message with its first frame, before it is acknowledged: nothing moves again when it is. */
  #receipt(unsent: readonly UnsentMessage[]): RowSources['receipt'] {
    const { groupSync, me } = this.#parts;
    const { timeline, people, ephemeral, group } = groupSync.replica;
    if (!group || !hasReceipts(group)) return undefined;
    const pending = unsent.at(-1);
    if (pending) return { id: pending.id };
    const newest = timeline.present.messages.findLast(
      ({ userId, system, deletedAt }) => userId === me && !system && deletedAt === undefined,
    );
    return newest && { id: newest.id, view: receiptOf(newest, group, { people, ephemeral }) };
  }

  #typingIn(where: string | null): readonly User[] {
    const { groupSync, me, userOf } = this.#parts;
    const ids = groupSync.replica.ephemeral.typists.in(where).filter((id) => id !== me);
    const users = ids.flatMap((id) => userOf(id) ?? []);
    const last = this.#typing.get(where);
    if (last && last.length === users.length && last.every((user, n) => user === users[n])) {
      return last;
    }
    this.#typing.set(where, users);
    return users;
  }
}

/** Whether an unsent message belongs to the timeline (undefined) or to this thread. */
function isIn(where: string | undefined): (unsent: UnsentMessage) => boolean {
  return where === undefined
    ? ({ parentId, alsoToGroup }) => parentId === undefined || alsoToGroup === true
    : ({ parentId }) => parentId === where;
}
