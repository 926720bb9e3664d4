import { createElement, Fragment, type ReactNode } from 'react';

/** Paragraphs and line breaks, and nothing else: what most messages are. */
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

/** Nodes side by side. They never move (a message's text is parsed anew when it changes), so they need no keys. */
export function inOrder(nodes: readonly ReactNode[]): ReactNode {
  return createElement(Fragment, null, ...nodes);
}

/**
 * What might be Markdown: a mark anywhere, an address, or a line that begins like a list, a heading, the rule of a table or indented code. It
 * may err to yes, never to no: a text without any of these is the same read as Markdown and read as plain paragraphs. Two
 * spaces before the end of a line stand for more of them: looking for as many as there are takes a walk from each.
 */
const MARKS =
  /[*_~`<>[\]\\|@]|:\/\/|www\.|^(?: {0,3}(?::?[-+#=]|\d+[.)])| {4}|\t| *\t)|(?: {2}|\t)$/m;

/** Whether a message has to be read as Markdown to be shown right. */
export function hasMarkdown(content: string): boolean {
  return MARKS.test(content);
}
