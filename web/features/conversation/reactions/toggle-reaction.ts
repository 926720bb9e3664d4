import type { Message } from '../../../../protocol/models.ts';
import type { RoomClient } from '../../../realtime/room-view.ts';
import { rememberEmoji } from './recent-emoji.ts';

/** Adds my reaction, or takes it back if it is there. */
export function toggleReaction(
  client: Pick<RoomClient, 'react'>,
  { id, reactions }: Message,
  { emoji, me }: { emoji: string; me: string },
): void {
  const isMine = reactions?.some((it) => it.emoji === emoji && it.userIds.includes(me)) ?? false;
  if (!isMine) rememberEmoji(me, emoji);
  client.react(id, emoji, isMine ? 'remove' : 'add');
}
