import { Lexer, type MarkedToken, type Token } from 'marked';

/** GitHub's flavour. A single line break is kept, as chat users expect. */
const OPTIONS = { gfm: true, breaks: true };

/** The token types of Markdown itself; no extension adds others. */
const KNOWN: ReadonlySet<string> = new Set<MarkedToken['type']>([
  'blockquote',
  'br',
  'checkbox',
  'code',
  'codespan',
  'def',
  'del',
  'em',
  'escape',
  'heading',
  'hr',
  'html',
  'image',
  'link',
  'list',
  'list_item',
  'paragraph',
  'space',
  'strong',
  'table',
  'text',
]);

/** The tokens of a message's Markdown; undefined for text that nests deeper than anyone writes (8,000 times ">"). */
export function lex(content: string): MarkedToken[] | undefined {
  try {
    return known(new Lexer(OPTIONS).lex(content));
  } catch (error) {
    // The lexer recurses for every level, and a message must not be able to crash the page.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Narrows tokens to the known ones. */
export function known(tokens: readonly Token[] | undefined): MarkedToken[] {
  return (tokens ?? []).filter(isKnown);
}

function isKnown(token: Token): token is MarkedToken {
  return KNOWN.has(token.type);
}
