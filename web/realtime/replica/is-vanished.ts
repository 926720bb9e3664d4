import type { Message } from '../../../protocol/models.ts';

/** Whether nothing is left of a message: it was deleted, and has no thread that lives on. */
export function isVanished({ deletedAt, replyCount = 0 }: Message): boolean {
  return deletedAt !== undefined && replyCount === 0;
}
