import { mentionsEveryone } from '../../../protocol/mentions.ts';
import type { Message } from '../../../protocol/models.ts';

/** Whether a message of somebody else is meant for me in particular, or for everyone. */
export function namesMe({ userId, mentions, content }: Message, me: string): boolean {
  if (userId === me) return false;
  return mentions?.includes(me) === true || mentionsEveryone(content);
}
