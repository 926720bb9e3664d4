import { filesInWords } from '../../../protocol/files-in-words.ts';
import { oneLine } from '../../../protocol/markdown/one-line.ts';
import { parse } from '../../../protocol/markdown/parse.ts';
import type { Message, User } from '../../../protocol/models.ts';
import { readable } from './readable.ts';

/** The layout cuts the line earlier. A message may have 8,000 characters. */
const SHOWN_CHARACTERS = 200;

/** The beginning of a message in one line, without marks, or its files, for where it is only named. */
export function beginningOf(
  { content, deletedAt, attachments }: Pick<Message, 'content' | 'deletedAt' | 'attachments'>,
  userOf: (userId: string) => User | undefined,
): string {
  if (deletedAt !== undefined) return 'a deleted message';
  // `readable` replaces all mentions but those of people whom the page does not know.
  const words = oneLine(parse(readable(content, userOf).text), () => undefined);
  return words === '' ? filesInWords(attachments) : words.slice(0, SHOWN_CHARACTERS);
}
