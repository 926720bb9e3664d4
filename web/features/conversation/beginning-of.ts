import { assertNever } from '../../../protocol/assert-never.ts';
import { parse } from '../../../protocol/markdown/parse.ts';
import type { Block, Inline } from '../../../protocol/markdown/tokens.ts';
import type { Message, User } from '../../../protocol/models.ts';
import { readable } from './mention-text.ts';

/** The layout cuts the line earlier. A message may have 8,000 characters. */
const SHOWN_CHARACTERS = 200;

/** The beginning of a message in one line, without marks, for where it is only named. */
export function beginningOf(
  { content, deletedAt }: Pick<Message, 'content' | 'deletedAt'>,
  userOf: (userId: string) => User | undefined,
): string {
  if (deletedAt !== undefined) return 'a deleted message';
  const words = parse(readable(content, userOf).text).map(blockText).join(' ');
  return words.replaceAll(/\s+/g, ' ').trim().slice(0, SHOWN_CHARACTERS);
}

function blockText(block: Block): string {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return text(block.children);
    case 'code':
      return block.text;
    case 'quote':
      return block.children.map(blockText).join(' ');
    case 'list':
      return block.items
        .map(({ marker, children }) => [marker, ...children.map(blockText)].join(' '))
        .join(' ');
    case 'table':
      return [block.header, ...block.rows].flat().map(text).join(' ');
    case 'space':
      return '';
    default:
      return assertNever(block);
  }
}

function text(parts: readonly Inline[]): string {
  return parts.map(inlineText).join('');
}

function inlineText(part: Inline): string {
  switch (part.type) {
    case 'text':
    case 'code':
      return part.text;
    // `readable` has replaced all but those of people whom the page does not know.
    case 'mention':
      return '@Someone';
    case 'strong':
    case 'emphasis':
    case 'strike':
    case 'link':
      return text(part.children);
    default:
      return assertNever(part);
  }
}
