import type { Message, User } from '../../../protocol/models.ts';
import type { RoomView, StretchView, ThreadView } from '../group-view.ts';
import type { Unsent } from '../outbox/entry.ts';
import { isVanished } from '../replica/is-vanished.ts';
import type { Stretch } from '../replica/message-range.ts';
import { threadIn } from '../replica/my-cursors.ts';
import type { People } from '../replica/people.ts';
import type { FollowWishes } from '../signals/follow-wishes.ts';
import type { Follower } from '../sync/group-sync.ts';
import type { Paging } from '../sync/paging.ts';
import type { Divider } from '../visit/divider.ts';
import type { OpenedThread } from '../visit/opened-thread.ts';
import { receiptOf } from './receipt-of.ts';
import { type RowSources, TimelineRows } from './timeline-rows.ts';

/** What a picture is drawn from. */
export interface PictureParts {
  /** My user id. */
  me: string;
  follower: Follower;
  paging: Paging;
  divider: Divider;
  wishes: FollowWishes;
  userOf: (userId: string) => User | undefined;
}

/** Draws the group as it is now. What has not changed since the last picture is the same object in it. */
export class RoomPicture {
  readonly #parts: PictureParts;
  readonly #timeline = new TimelineRows();
  #replies = new TimelineRows();
  #root = new TimelineRows();
  #threadId: string | undefined;
  #typing = new Map<string | null, readonly User[]>();
  #names: { people: People; version: number; userOf: RoomView['userOf'] } | undefined;

  constructor(parts: PictureParts) {
    this.#parts = parts;
  }

  /** Everything but the connection. */
  draw(thread: OpenedThread | undefined): Omit<RoomView, 'connection' | 'closed'> {
    const { follower, paging, divider } = this.#parts;
    const { group, me, people, moment, timeline, newVersion, resets, replies } = follower.replica;
    const { target, isTargetMissing } = paging;
    const { shown } = timeline;
    const dividerView = divider.view(shown);
    const threadView = this.#drawThread(thread);
    return {
      ...this.#drawStretch(timeline, this.#timeline, undefined),
      ...(group && { group }),
      ...(me && { me }),
      members: people.members,
      userOf: this.#userOf(people),
      presence: moment.presence,
      ...(dividerView && { divider: dividerView }),
      ...(target && { target }),
      targetMissing: isTargetMissing,
      ...(threadView && { thread: threadView }),
      newVersion,
      resets,
      replies,
    };
  }

  /** Another function whenever people change: a name inside of a message is asked for again only then. */
  #userOf(people: People): RoomView['userOf'] {
    const { version } = people;
    if (this.#names?.people === people && this.#names.version === version) {
      return this.#names.userOf;
    }
    const userOf = (id: string) => this.#parts.userOf(id);
    this.#names = { people, version, userOf };
    return userOf;
  }

  #drawThread(opened: OpenedThread | undefined): ThreadView | undefined {
    const { follower, wishes } = this.#parts;
    const { thread, me } = follower.replica;
    if (!thread || !opened) return undefined;
    const { parentId, replies, root, isLoaded } = thread;
    if (this.#threadId !== parentId) {
      this.#threadId = parentId;
      this.#replies = new TimelineRows();
      this.#root = new TimelineRows();
    }
    const stretch = this.#drawStretch(replies, this.#replies, parentId);
    const [rootRow] = this.#root.build({ ...this.#sources(), messages: root ? [root] : [] });
    const isGone = thread.isMissing || (isLoaded && (!root || isVanished(root)));
    const following = me && threadIn(me, parentId)?.following;
    return {
      ...stretch,
      parentId,
      ...(rootRow?.state === 'sent' && { root: rootRow }),
      missing: isGone,
      loadingBefore: stretch.loadingBefore || (!isLoaded && !isGone),
      following: wishes.of(parentId) ?? following ?? false,
      isLoaded,
      openedReadSeq: opened.isCleared ? undefined : opened.readSeq,
    };
  }

  #drawStretch(stretch: Stretch, rows: TimelineRows, where: string | undefined): StretchView {
    const { follower, paging } = this.#parts;
    const { shown } = stretch;
    const { hasBefore, hasAfter } = shown;
    const unsent = hasAfter ? [] : follower.outbox.picture.unsent.filter(isIn(where));
    const receipt = where === undefined && !hasAfter ? this.#receipt() : undefined;
    const removed = follower.outbox.picture.held.findLast(
      (id) => id === where || shown.messages.some((message) => message.id === id),
    );
    return {
      rows: rows.build({ ...this.#sources(), messages: shown.messages, unsent, receipt }),
      hasBefore,
      loadingBefore: paging.isLoading('before', where),
      hasAfter,
      loadingAfter: paging.isLoading('after', where),
      typing: this.#typingIn(where ?? null),
      ...(removed !== undefined && { removed }),
    };
  }

  #sources(): RowSources {
    const { follower, me, userOf } = this.#parts;
    const { changes } = follower.outbox.picture;
    const withMine = (message: Message) => follower.myReactions.withMine(message);
    return { messages: [], unsent: [], changes, me, userOf, withMine };
  }

  #receipt(): RowSources['receipt'] {
    const { follower, me } = this.#parts;
    const { timeline, people, moment, group } = follower.replica;
    const newest = timeline.present.messages.findLast(
      ({ userId, system, deletedAt }) => userId === me && !system && deletedAt === undefined,
    );
    const view = newest && group && receiptOf(newest, { group, people, moment });
    return newest && view && { id: newest.id, view };
  }

  #typingIn(place: string | null): readonly User[] {
    const { follower, me, userOf } = this.#parts;
    const ids = follower.replica.moment.typists.in(place).filter((id) => id !== me);
    const users = ids.flatMap((id) => userOf(id) ?? []);
    const last = this.#typing.get(place);
    if (last && last.length === users.length && last.every((user, n) => user === users[n])) {
      return last;
    }
    this.#typing.set(place, users);
    return users;
  }
}

/** Whether an unsent message is shown there. */
function isIn(where: string | undefined): (unsent: Unsent) => boolean {
  return where === undefined
    ? ({ parentId, alsoToGroup }) => parentId === undefined || alsoToGroup === true
    : ({ parentId }) => parentId === where;
}
