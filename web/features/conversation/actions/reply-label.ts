import type { Message } from '../../../../protocol/models.ts';

/** The name of the command that leads into a message's thread. A reply in the timeline has no thread below it. */
export function replyLabel({ parentId }: Message): string {
  return parentId === undefined ? 'Reply in thread' : 'Open thread';
}
