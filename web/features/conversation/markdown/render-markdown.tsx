import type { ReactNode } from 'react';
import { blocks } from './blocks.tsx';
import { lex } from './lex.ts';

/** Renders the Markdown of a message to elements; its HTML is never parsed. Loads late, with the lexer. */
export function renderMarkdown(content: string): ReactNode {
  const tokens = lex(content);
  return tokens ? blocks(tokens) : <p className="whitespace-pre-wrap">{content}</p>;
}
