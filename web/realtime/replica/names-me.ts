import type { Message } from '../../../protocol/models.ts';

const EVERYONE = /<@(?:here|all)>/;

/** Whether a message of somebody else is meant for me in particular, or for everyone. */
export function namesMe({ userId, mentions, content }: Message, me: string): boolean {
  return userId !== me && (mentions?.includes(me) === true || EVERYONE.test(content));
}
