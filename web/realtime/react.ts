import { REACTION_USERS } from '../../protocol/limits.ts';
import type { Message, Reaction } from '../../protocol/models.ts';

/** Somebody's reaction coming or going. `count` is how many are left of the emoji, where the server has told it. */
export interface ReactionChange {
  emoji: string;
  userId: string;
  op: 'add' | 'remove';
  count?: number;
}

/** Whether this person is among those who are known to have reacted so. */
export function hasReacted(message: Message, emoji: string, userId: string): boolean {
  return (
    message.reactions?.some((it) => it.emoji === emoji && it.userIds.includes(userId)) ?? false
  );
}

/**
 * The message with the change applied as the server computes it: emoji stand in the order of their first use, people in
 * the order they reacted, of more than a hundred the latest. What is so already changes no count.
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
