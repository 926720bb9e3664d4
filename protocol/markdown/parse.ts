import { assertNever } from '../assert-never.ts';
import { isBlank } from '../text.ts';
import { blocks } from './blocks.ts';
import { isVisible } from './inline.ts';
import { linesOf } from './lines.ts';
import type { Block, Inline } from './tokens.ts';

/**
 * Reads the content of a message in the dialect of docs/markdown.md. Takes time in proportion to its length, whatever it
 * holds; what would show nothing is shown as it was typed.
 */
export function parse(content: string): Block[] {
  const parsed = blocks(linesOf(content));
  if (isBlank(content) || parsed.some(isVisibleBlock)) return parsed;
  return [{ type: 'paragraph', children: [{ type: 'text', text: content, at: 0 }] }];
}

/** The text and the mentions of blocks, in order, without what stands in code or in links. */
export function texts(parts: readonly Block[]): Extract<Inline, { at: number }>[] {
  return inlines(parts).flatMap(textsOf);
}

function textsOf(part: Inline): Extract<Inline, { at: number }>[] {
  switch (part.type) {
    case 'text':
    case 'mention':
      return [part];
    case 'strong':
    case 'emphasis':
    case 'strike':
      return part.children.flatMap(textsOf);
    case 'code':
    case 'link':
      return [];
    default:
      return assertNever(part);
  }
}

function inlines(parts: readonly Block[]): Inline[] {
  return parts.flatMap((block): Inline[] => {
    switch (block.type) {
      case 'paragraph':
      case 'heading':
        return block.children;
      case 'quote':
        return inlines(block.children);
      case 'list':
        return block.items.flatMap(({ children }) => inlines(children));
      case 'table':
        return [...block.header, ...block.rows.flat()].flat();
      case 'code':
      case 'space':
        return [];
      default:
        return assertNever(block);
    }
  });
}

function isVisibleBlock(block: Block): boolean {
  return block.type === 'code' || block.type === 'list' || isVisible(inlines([block]));
}
