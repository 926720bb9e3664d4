import { MESSAGE_CHARACTERS } from '../../../protocol/limits.ts';
import { cleanText, isBlank } from '../../../protocol/text.ts';

/** From this length on the counter is shown. */
const COUNT_FROM = MESSAGE_CHARACTERS - 500;

/** What sending this text does: nothing, a message, or a refusal with its reason. */
export type Sendable =
  | { state: 'empty' }
  | { state: 'ready'; content: string; left: number | undefined }
  | { state: 'too-long'; sentence: string };

/** A message is its text without empty lines around it, or its files. `left` is the number of characters that fit, near the limit. */
export function sendable(text: string, hasFiles: boolean): Sendable {
  const content = cleanText(text)
    .replace(/^(?:[^\S\n]*\n)+/, '')
    .trimEnd();
  if (isBlank(content) && !hasFiles) return { state: 'empty' };
  const left = MESSAGE_CHARACTERS - content.length;
  if (left >= 0) {
    return { state: 'ready', content, left: content.length >= COUNT_FROM ? left : undefined };
  }
  const over = (-left).toLocaleString();
  const sentence = `This is ${over} ${left === -1 ? 'character' : 'characters'} too long for one message. Shorten it, or send it in parts.`;
  return { state: 'too-long', sentence };
}
