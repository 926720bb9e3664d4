import type { Message, User } from '../../../protocol/models.ts';
import { readable } from './mention-text.ts';

/** The layout cuts the line earlier. A message may have 8,000 characters. */
const SHOWN_CHARACTERS = 200;

/** The beginning of a message in one line, for where it is only named. */
export function beginningOf(
  { content, deletedAt }: Message,
  userOf: (userId: string) => User | undefined,
): string {
  if (deletedAt !== undefined) return 'a deleted message';
  return readable(content, userOf).text.replaceAll(/\s+/g, ' ').slice(0, SHOWN_CHARACTERS);
}
