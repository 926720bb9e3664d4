import { fail, ok, type Result } from '../../../protocol/errors.ts';
import {
  READ_THREADS_IN_STATE,
  RECEIPTS_MEMBERS,
  RESUME_BYTES,
  RESUME_ROWS,
  TIMELINE_PAGE,
  UNREAD_IN_STATE,
} from '../../../protocol/limits.ts';
import type { Member, Message, User } from '../../../protocol/models.ts';
import type { MessagePage } from '../../../protocol/rest.ts';
import type { Receipt, ThreadStateEvent } from '../../../protocol/server-events.ts';
import { userIdsIn } from '../../../protocol/user-ids-in.ts';
import type { PageQuery, Position } from '../room-rpc.ts';
import type { Scope } from '../rows/message-store.ts';
import type { RoomStore } from '../rows/room-store.ts';
import { rootOf } from './permissions.ts';
import { seenBy } from './read-receipts.ts';

/** What is true now and stored nowhere, as a state carries it. */
export interface EphemeralState {
  presence: ThreadStateEvent['presence'];
  /** In a group of more than `MEMBERS_IN_STATE` members: how many users are present, and some of them. */
  large?: { presentCount: number; present: readonly string[] };
  typing: ThreadStateEvent['typing'];
}

/** Which thread a state is about, and where the client is with the group as a whole. */
export interface ThreadWanted {
  rootSeq: number;
  holds?: Position | undefined;
}

/**
 * Everything that a client needs to be at the Room's counter: the rows that changed since its position or, if it has none,
 * comes with another epoch or lacks too many rows, the newest page with `reset`. With `thread`, the state of that thread: for a
 * client that holds the group, without what it has of it.
 */
export function threadState(
  store: RoomStore,
  me: Member,
  position: Position,
  ephemeral: EphemeralState,
  thread?: ThreadWanted,
): ThreadStateEvent {
  const root = thread && store.messages.bySeq(thread.rootSeq);
  const scope: Scope = root ? { rootSeq: root.seq } : { timeline: true };
  const changes = resumable(store, position, root?.seq);
  const newest = changes
    ? undefined
    : pageBefore(store, scope, Number.MAX_SAFE_INTEGER, TIMELINE_PAGE);
  const messages = changes?.messages ?? [...(root ? [root] : []), ...(newest?.messages ?? [])];
  const state = {
    type: 'thread_state' as const,
    groupId: store.groupId,
    parentId: root?.id ?? null,
    epoch: store.epoch(),
    rev: store.counter(),
    reset: changes === undefined,
    group: store.group(),
    messages,
    hasBefore: newest?.hasBefore ?? false,
  };
  const cursors = myCursors(store, me, root);
  const heldAt = heldRev(store, thread?.holds);
  if (heldAt !== undefined) {
    const users = usersNamedBy(store, messages, heldMembers(store, messages, heldAt));
    const nothing = { members: [], receipts: [], presence: [], typing: [] };
    return { ...state, ...nothing, partial: true, me: cursors, users };
  }
  const { presence, large, typing } = ephemeral;
  const members = changes?.members ?? membersFor(store, me, large?.present ?? []);
  const unread = store.messages.timeline.countUnread(me.userId, cursors.readSeq, UNREAD_IN_STATE);
  return {
    ...state,
    me: { ...cursors, ...unread },
    members,
    users: usersNamedBy(store, messages, members),
    receipts: receiptsFor(store, me.userId),
    presence,
    ...(large && { presentCount: large.presentCount }),
    typing,
  };
}

/** The rev at which a client holds the group; undefined if it holds none of this epoch, or one that the Room is behind. */
function heldRev(store: RoomStore, holds: Position | undefined): number | undefined {
  const { since, epoch } = holds ?? {};
  return since !== undefined && epoch === store.epoch() && since <= store.counter()
    ? since
    : undefined;
}

/**
 * Those whom messages name and a client certainly has that holds the group at `rev`: it has every member of a group that is
 * not large. Who joined or changed since then is on the way to it, but may be shown before that.
 */
function heldMembers(store: RoomStore, messages: Message[], rev: number): Member[] {
  if (store.isLarge()) return [];
  const named = [...new Set(messages.flatMap(userIdsIn))];
  return store.members.currentAmong(named).filter((member) => member.rev <= rev);
}

/** A page of the timeline or of a thread. `not_found` for an unknown thread, or around an unknown message. */
export function messagePage(store: RoomStore, query: PageQuery): Result<MessagePage> {
  const root = query.parentId === undefined ? undefined : rootOf(store, query.parentId);
  if (root && !root.ok) return root;
  const page = cutPage(store, root ? { rootSeq: root.value.seq } : { timeline: true }, query);
  if (!page) return fail('not_found', 'There is no such message here. It may have been deleted.');
  return ok({
    ...page,
    users: usersNamedBy(store, page.messages, []),
    rev: store.counter(),
    epoch: store.epoch(),
  });
}

/** The profiles that these messages refer to and `members` does not hold, so that a client can show every name. */
export function usersNamedBy(store: RoomStore, messages: Message[], members: Member[]): User[] {
  const named = new Set(messages.flatMap(userIdsIn));
  for (const member of members) named.delete(member.userId);
  return named.size === 0 ? [] : store.members.users(named);
}

function myCursors(
  { cursors, follows }: RoomStore,
  { userId, role }: Member,
  root: Message | undefined,
): ThreadStateEvent['me'] {
  const { readSeq, mark } = cursors.cursor(userId);
  return {
    userId,
    role,
    readSeq,
    mark,
    readThreads: root
      ? follows.readThread(userId, root.seq)
      : follows.readThreads(userId, READ_THREADS_IN_STATE),
  };
}

function receiptsFor(store: RoomStore, userId: string): Receipt[] {
  if (store.memberCount() <= RECEIPTS_MEMBERS) {
    const off = store.preferences.withoutReceipts();
    return store.cursors.receipts().map((receipt) => seenBy(userId, receipt, off));
  }
  const mine = store.cursors.receipt(userId);
  return mine ? [mine] : [];
}

type Page = Pick<MessagePage, 'messages' | 'hasBefore' | 'hasAfter'>;

function cutPage(store: RoomStore, scope: Scope, query: PageQuery): Page | undefined {
  const { before, after, around, limit } = query;
  if (before !== undefined) return pageBefore(store, scope, before, limit);
  if (after !== undefined) return pageAfter(store, scope, after, limit);
  if (around === undefined) return pageBefore(store, scope, Number.MAX_SAFE_INTEGER, limit);
  const seq = typeof around === 'number' ? around : store.messages.plainById(around)?.seq;
  return seq === undefined ? undefined : pageAround(store, scope, seq, limit);
}

function pageBefore(store: RoomStore, scope: Scope, seq: number, limit: number): Page {
  const messages = store.messages.before(scope, seq, limit + 1);
  const hasBefore = messages.length > limit;
  const hasAfter = store.messages.after(scope, seq - 1, 1).length > 0;
  return { messages: messages.slice(hasBefore ? 1 : 0), hasBefore, hasAfter };
}

function pageAfter(store: RoomStore, scope: Scope, seq: number, limit: number): Page {
  const messages = store.messages.after(scope, seq, limit + 1);
  const hasAfter = messages.length > limit;
  const hasBefore = store.messages.before(scope, seq + 1, 1).length > 0;
  return { messages: messages.slice(0, limit), hasBefore, hasAfter };
}

function pageAround(store: RoomStore, scope: Scope, seq: number, limit: number): Page {
  const newer = pageAfter(store, scope, seq - 1, Math.ceil(limit / 2));
  const older = pageBefore(store, scope, seq, limit - newer.messages.length);
  return {
    messages: [...older.messages, ...newer.messages],
    hasBefore: older.hasBefore,
    hasAfter: newer.hasAfter,
  };
}

function resumable(store: RoomStore, { since, epoch }: Position, rootSeq: number | undefined) {
  if (since === undefined || epoch !== store.epoch() || since > store.counter()) return undefined;
  const changes = store.changedSince(since, RESUME_ROWS, rootSeq);
  if (!changes) return undefined;
  const { messages, members } = changes;
  const bytes = new TextEncoder().encode(JSON.stringify([messages, members])).length;
  return bytes <= RESUME_BYTES ? changes : undefined;
}

/** The current members; in a large group only `me` and some of those present: thousands connect at once after a deployment. */
function membersFor(store: RoomStore, me: Member, present: readonly string[]): Member[] {
  if (!store.isLarge()) return store.members.current();
  return store.members.currentAmong([me.userId, ...present]);
}
