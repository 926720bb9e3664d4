import { Lexer, type MarkedToken, type Token } from 'marked';

/** GitHub's flavour, and a single line break stays one, because that is how people type in a chat. */
const OPTIONS = { gfm: true, breaks: true };

/** The types that Markdown itself has; there are no others, because no extension is installed. */
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
    // The lexer calls itself for every level, and a message must not be able to break the page.
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
