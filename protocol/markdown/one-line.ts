import { assertNever } from '../assert-never.ts';
import type { Block, Inline } from './tokens.ts';

/** The words of a message in one line, without marks. `nameOf`: the name of a mentioned user, `here` or `all`, if it is known. */
export function oneLine(
  blocks: readonly Block[],
  nameOf: (userId: string) => string | undefined,
): string {
  const inlineText = (part: Inline): string => {
    switch (part.type) {
      case 'text':
      case 'code':
        return part.text;
      case 'mention':
        return `@${nameOf(part.userId) ?? 'Someone'}`;
      case 'strong':
      case 'emphasis':
      case 'strike':
      case 'link':
        return text(part.children);
      default:
        return assertNever(part);
    }
  };
  const text = (parts: readonly Inline[]) => parts.map(inlineText).join('');
  const blockText = (block: Block): string => {
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
  };
  return blocks.map(blockText).join(' ').replaceAll(/\s+/g, ' ').trim();
}
