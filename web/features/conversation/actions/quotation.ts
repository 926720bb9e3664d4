import { parse } from '../../../../protocol/markdown/parse.ts';

/** ASCII punctuation, which a backslash keeps from being read as a mark. */
const MARKS = /[!-/:-@[-`{-~]/g;

/**
 * A message as others quote it: a line that names its author and links to it, and its text. Every line is quoted, so that
 * what is written below is not.
 */
export function quotation(text: string, author: string, address: string): string {
  return `${linkTo(author, address)}\n${text}`
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n');
}

/**
 * The link with the name as it is, or with its marks escaped, whichever is shown as the name: a backslash before a mark that
 * means nothing is shown itself. If neither is, the marks are left out.
 */
function linkTo(author: string, address: string): string {
  const escaped = author.replaceAll(MARKS, '\\$&');
  const bare = author.replaceAll(MARKS, ' ').replaceAll(/ +/g, ' ').trim();
  const typed = [author, escaped].find((name) => isShownAs(author, link(name, address)));
  return link(typed ?? bare, address);
}

function link(name: string, address: string): string {
  return `[${name} wrote](${address}):`;
}

function isShownAs(author: string, line: string): boolean {
  const [block] = parse(line);
  const [part] = block?.type === 'paragraph' ? block.children : [];
  if (part?.type !== 'link') return false;
  const name = part.children.map((it) => (it.type === 'text' ? it.text : '\0')).join('');
  return name === `${author} wrote`;
}
