import type { Message } from '../../../../protocol/models.ts';
import type { GroupClient } from '../../../realtime/group-client.ts';
import { hasReacted } from '../../../realtime/message.ts';

/** Adds my reaction, or removes it. If the message does not say whether it is there, that is fetched first. */
export async function toggleReaction(
  client: Pick<GroupClient, 'react' | 'hasReacted'>,
  message: Message,
  { emoji, me }: { emoji: string; me: string },
): Promise<void> {
  const { id } = message;
  const isMine = hasReacted(message, emoji, me) ?? (await client.hasReacted(id, emoji));
  client.react(id, emoji, isMine ? 'remove' : 'add');
  if (!isMine) (await import('./recent-emoji.ts')).rememberEmoji(me, emoji);
}
