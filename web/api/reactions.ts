import type { Result } from '../../protocol/errors.ts';
import type { Reaction } from '../../protocol/models.ts';
import { ReactionList } from '../../protocol/rest.ts';
import { messagePath } from './messages.ts';
import { type Caller, request } from './request.ts';

/** All reactions to a message, by emoji. Fails as `request` does. */
export function fetchReactions(
  caller: Caller,
  groupId: string,
  id: string,
): Promise<Result<{ items: Reaction[] }>> {
  return request(caller, { path: messagePath(groupId, id, '/reactions'), answer: ReactionList });
}
