import { createElement, Fragment, type ReactNode } from 'react';

/** Text with only paragraphs and line breaks, as in most messages. */
export function PlainText({ content }: { content: string }) {
  return inOrder(
    content
      .split(/\n(?:[^\S\n]*\n)+/)
      .map((paragraph) => paragraph.trim())
      .filter((paragraph) => paragraph !== '')
      .map((paragraph) => paragraphOf(paragraph)),
  );
}

function paragraphOf(text: string) {
  return <p className="whitespace-pre-line">{text}</p>;
}

/** Nodes in a fixed order, without keys: a changed message is parsed again. */
export function inOrder(nodes: readonly ReactNode[]): ReactNode {
  return createElement(Fragment, null, ...nodes);
}

/**
 * Matches text that might be Markdown: a mark, an address, or a line that begins like a list, a heading, the rule of a table
 * or indented code. It may match plain text, but never misses Markdown. Two spaces before the end of a line stand for any
 * number: matching all of them would backtrack from each.
 */
const MARKS =
  /[*_~`<>[\]\\|@]|:\/\/|www\.|^(?: {0,3}(?::?[-+#=]|\d+[.)])| {4}|\t| *\t)|(?: {2}|\t)$/m;

/** Whether a message needs the Markdown renderer. */
export function hasMarkdown(content: string): boolean {
  return MARKS.test(content);
}
