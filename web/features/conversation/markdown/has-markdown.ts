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
