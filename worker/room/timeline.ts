import { fail, ok, type Result } from '../../protocol/errors.ts';
import {
  MEMBERS_IN_STATE,
  RESUME_BYTES,
  RESUME_ROWS,
  TIMELINE_PAGE,
} from '../../protocol/limits.ts';
import type { Member, Message, User } from '../../protocol/models.ts';
import type { MessagePage } from '../../protocol/rest.ts';
import type { ThreadStateEvent } from '../../protocol/server-events.ts';
import type { PageQuery } from './room-rpc.ts';
import type { RoomStore } from './room-store.ts';

/** Where a follower stands: the rev it has seen, in which life of the Room. */
export interface Position {
  since?: number | undefined;
  epoch?: string | undefined;
}

/**
 * What a client needs to be at the Room's counter: all that changed since its position or, where that is unknown, of
 * another life or too much, the newest page with `reset`. `online` are the people with an open socket.
 */
export function threadState(
  store: RoomStore,
  me: Member,
  position: Position,
  online: ReadonlySet<string>,
): ThreadStateEvent {
  const changes = resumable(store, position);
  const newest = changes ? undefined : pageBefore(store, Number.MAX_SAFE_INTEGER, TIMELINE_PAGE);
  const messages = changes?.messages ?? newest?.messages ?? [];
  const members = changes?.members ?? presentMembers(store, online);
  return {
    type: 'thread_state',
    groupId: store.groupId,
    parentId: null,
    epoch: store.epoch(),
    rev: store.counter(),
    reset: changes === undefined,
    group: store.group(),
    me: { userId: me.userId, role: me.role, readSeq: 0, mark: 0, readThreads: [] },
    members,
    users: usersNamedBy(store, messages, members),
    receipts: [],
    presence: [],
    typing: [],
    messages,
    hasBefore: newest?.hasBefore ?? false,
  };
}

/** A page of the timeline. `not_found` if it is to lie around a message that is not here. */
export function messagePage(store: RoomStore, query: PageQuery): Result<MessagePage> {
  const page = cutPage(store, query);
  if (!page) return fail('not_found', 'There is no such message in this group.');
  return ok({
    ...page,
    users: usersNamedBy(store, page.messages, []),
    rev: store.counter(),
    epoch: store.epoch(),
  });
}

type Page = Pick<MessagePage, 'messages' | 'hasBefore' | 'hasAfter'>;

function cutPage(store: RoomStore, { before, after, around, limit }: PageQuery): Page | undefined {
  if (before !== undefined) return pageBefore(store, before, limit);
  if (after !== undefined) return pageAfter(store, after, limit);
  if (around === undefined) return pageBefore(store, Number.MAX_SAFE_INTEGER, limit);
  const seq = typeof around === 'number' ? around : store.message(around)?.seq;
  return seq === undefined ? undefined : pageAround(store, seq, limit);
}

function pageBefore(store: RoomStore, seq: number, limit: number): Page {
  const messages = store.messagesBefore(seq, limit + 1);
  const hasBefore = messages.length > limit;
  return {
    messages: messages.slice(hasBefore ? 1 : 0),
    hasBefore,
    hasAfter: store.lastSeq() >= seq,
  };
}

function pageAfter(store: RoomStore, seq: number, limit: number): Page {
  const messages = store.messagesAfter(seq, limit + 1);
  const hasAfter = messages.length > limit;
  const hasBefore = store.messagesBefore(seq + 1, 1).length > 0;
  return { messages: messages.slice(0, limit), hasBefore, hasAfter };
}

function pageAround(store: RoomStore, seq: number, limit: number): Page {
  const newer = pageAfter(store, seq - 1, Math.ceil(limit / 2));
  const older = pageBefore(store, seq, limit - newer.messages.length);
  return {
    messages: [...older.messages, ...newer.messages],
    hasBefore: older.hasBefore,
    hasAfter: newer.hasAfter,
  };
}

function resumable(store: RoomStore, { since, epoch }: Position) {
  if (since === undefined || epoch !== store.epoch() || since > store.counter()) return undefined;
  const changes = store.changedSince(since, RESUME_ROWS);
  if (!changes) return undefined;
  const { messages, members } = changes;
  const bytes = new TextEncoder().encode(JSON.stringify([messages, members])).length;
  return bytes <= RESUME_BYTES ? changes : undefined;
}

/** The current members; of a large group only those online, since nobody can look at thousands of names. */
function presentMembers(store: RoomStore, online: ReadonlySet<string>): Member[] {
  if (store.group().memberCount <= MEMBERS_IN_STATE) return store.currentMembers();
  return store.currentMembers().filter((member) => online.has(member.userId));
}

/** Everyone whom these messages name and `members` do not hold, so that each can be shown with a name. */
function usersNamedBy(store: RoomStore, messages: Message[], members: Member[]): User[] {
  const named = new Set(
    messages.flatMap((message) => [message.userId, ...(message.system?.userIds ?? [])]),
  );
  for (const member of members) named.delete(member.userId);
  return named.size === 0 ? [] : store.users(named);
}
