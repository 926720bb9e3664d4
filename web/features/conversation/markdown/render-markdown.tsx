import type { ReactNode } from 'react';
import { blocks } from './blocks.tsx';
import { lex } from './lex.ts';

/** A message's Markdown as elements: no HTML of its own is ever made of it, whatever it contains. */
export function renderMarkdown(content: string): ReactNode {
  const tokens = lex(content);
  return tokens ? blocks(tokens) : <p className="whitespace-pre-wrap">{content}</p>;
}
