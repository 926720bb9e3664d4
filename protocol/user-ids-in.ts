import type { Message } from './models.ts';

/** Everyone whom a message names: its author, and who is mentioned, replied, reacted, pinned it or is part of the line. */
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
