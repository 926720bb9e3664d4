import type { Result } from '../../protocol/errors.ts';
import { Message, type Reaction } from '../../protocol/models.ts';
import { MessagePage, ReactionList } from '../../protocol/rest.ts';
import { type Caller, request } from './request.ts';

/**
 * Which page to fetch. At most one of `before`, `after` (seqs) and `around` (a seq or a message's id) is set; without any,
 * the newest page.
 */
export interface MessagePageQuery {
  parentId?: string | undefined;
  before?: number;
  after?: number;
  around?: string | number;
  limit?: number;
}

/** A page of the timeline, or of a thread. Fails as `request` does. */
export function fetchMessagePage(
  caller: Caller,
  groupId: string,
  { parentId, before, after, around, limit }: MessagePageQuery,
): Promise<Result<MessagePage>> {
  const query = new URLSearchParams({
    groupId,
    ...(parentId !== undefined && { parentId }),
    ...(before !== undefined && { before: String(before) }),
    ...(after !== undefined && { after: String(after) }),
    ...(around !== undefined && { around: String(around) }),
    ...(limit !== undefined && { limit: String(limit) }),
  });
  return request(caller, { path: `/api/messages?${query}`, answer: MessagePage });
}

/** One message. Fails as `request` does. */
export function fetchMessage(
  caller: Caller,
  groupId: string,
  id: string,
): Promise<Result<Message>> {
  return request(caller, { path: messagePath(groupId, id), answer: Message });
}

/** All reactions to a message, by emoji. Fails as `request` does. */
export function fetchReactions(
  caller: Caller,
  groupId: string,
  id: string,
): Promise<Result<{ items: Reaction[] }>> {
  return request(caller, { path: messagePath(groupId, id, '/reactions'), answer: ReactionList });
}

/** Pins a message for everyone, or unpins it; returns the message. Fails as `request` does. */
export function pinMessage(
  caller: Caller,
  groupId: string,
  id: string,
  pinned: boolean,
): Promise<Result<Message>> {
  return request(caller, {
    method: pinned ? 'PUT' : 'DELETE',
    path: messagePath(groupId, id, '/pin'),
    answer: Message,
  });
}

function messagePath(groupId: string, id: string, below = ''): string {
  return `/api/messages/${id}${below}?${new URLSearchParams({ groupId })}`;
}
