import { REACTION_USERS } from '../../protocol/limits.ts';
import { mentionsEveryone } from '../../protocol/mentions.ts';
import type { Message, Reaction } from '../../protocol/models.ts';

/** Whether another user's message mentions me (my user id) or everyone. */
export function namesMe({ userId, mentions, content }: Message, me: string): boolean {
  if (userId === me) return false;
  return mentions?.includes(me) === true || mentionsEveryone(content);
}

/** Whether a message is not shown at all: it was deleted, and has no replies. */
export function isVanished({ deletedAt, replyCount = 0 }: Message): boolean {
  return deletedAt !== undefined && replyCount === 0;
}

/**
 * A user's reaction being added or removed. `count` is how many remain of the emoji, where the server has sent it.
 */
export interface ReactionChange {
  emoji: string;
  userId: string;
  op: 'add' | 'remove';
  count?: number;
}

/** Whether the message lists fewer users than reacted: it lists the latest hundred. */
export function isCut({ count, userIds }: Reaction): boolean {
  return count > userIds.length;
}

/** Whether this user reacted with this emoji; undefined where the message does not list everyone and not them. */
export function hasReacted(message: Message, emoji: string, userId: string): boolean | undefined {
  const reaction = message.reactions?.find((it) => it.emoji === emoji);
  if (!reaction) return false;
  return reaction.userIds.includes(userId) || (isCut(reaction) ? undefined : false);
}

/**
 * Applies the change to the message as the server does: emoji in the order of their first use, users in the order they
 * reacted, and of more than a hundred the latest. A repeated change leaves the count.
 */
export function react(message: Message, change: ReactionChange): Message {
  const before = message.reactions ?? [];
  const held = before.find(({ emoji }) => emoji === change.emoji);
  const after = changed(held ?? { emoji: change.emoji, count: 0, userIds: [] }, change);
  const all = held ? before.map((it) => (it === held ? after : it)) : [...before, after];
  const reactions = all.filter(({ count }) => count > 0);
  const { reactions: _, ...rest } = message;
  return reactions.length > 0 ? { ...rest, reactions } : rest;
}

function changed(reaction: Reaction, { emoji, userId, op, count }: ReactionChange): Reaction {
  const others = reaction.userIds.filter((id) => id !== userId);
  const was = others.length < reaction.userIds.length;
  const is = op === 'add';
  const userIds = is ? [...others, userId].slice(-REACTION_USERS) : others;
  return { emoji, count: count ?? reaction.count + Number(is) - Number(was), userIds };
}
