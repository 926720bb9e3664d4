import { inOrder } from './in-order.ts';

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
