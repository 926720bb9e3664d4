import type { Result } from '../../protocol/errors.ts';
import { Message } from '../../protocol/models.ts';
import { MessagePage } from '../../protocol/rest.ts';
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
  page: MessagePageQuery,
): Promise<Result<MessagePage>> {
  const query = new URLSearchParams({ groupId });
  for (const [name, value] of Object.entries(page)) {
    if (value !== undefined) query.set(name, String(value));
  }
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

/** The address of a message, or of something `below` it. */
export function messagePath(groupId: string, id: string, below = ''): string {
  return `/api/messages/${id}${below}?${new URLSearchParams({ groupId })}`;
}
