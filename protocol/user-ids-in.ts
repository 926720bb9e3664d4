import type { Message } from './models.ts';

/**
 * Lists the users that a message names: author, mentions, repliers, reactions, pinner, and the users of a system line.
 */
export function userIdsIn(message: Message): string[] {
  return [
    message.userId,
    ...(message.mentions ?? []),
    ...(message.replyUserIds ?? []),
    ...(message.reactions ?? []).flatMap((reaction) => reaction.userIds),
    ...(message.system?.userIds ?? []),
    ...(message.pinnedBy === undefined ? [] : [message.pinnedBy]),
  ];
}
