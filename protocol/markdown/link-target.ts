/** Longer than any address that people paste; it bounds how far a bracket is followed. */
const MAX_TARGET = 2_048;
/** CommonMark's own bound on brackets inside an address. */
const MAX_BRACKETS = 32;

/** What stands in the parentheses after a link's text, and where they end. */
export interface LinkTarget {
  address: string;
  title: string | undefined;
  end: number;
}

/** Reads `(address "title")` or `(<address>)` that begins at `at`; undefined if it is none. */
export function linkTargetAt(text: string, at: number): LinkTarget | undefined {
  if (text.charAt(at) !== '(') return undefined;
  const start = at + 1;
  const address = text.charAt(start) === '<' ? inAngles(text, start) : balanced(text, start);
  if (!address || address.text === '') return undefined;
  const rest = /^(?:[ \n]+"([^"]*)")?\s?\)/.exec(text.slice(address.end, address.end + MAX_TARGET));
  if (!rest) return undefined;
  return { address: address.text, title: rest[1], end: address.end + rest[0].length };
}

function inAngles(text: string, start: number): { text: string; end: number } | undefined {
  const found = /^<([^<>\n]*)>/.exec(text.slice(start, start + MAX_TARGET));
  return found ? { text: found[1] ?? '', end: start + found[0].length } : undefined;
}

/** Up to white space, or to the bracket that closes the target. */
function balanced(text: string, start: number): { text: string; end: number } | undefined {
  let depth = 0;
  for (let end = start; end < Math.min(text.length, start + MAX_TARGET); end++) {
    const char = text.charAt(end);
    if (/\s/.test(char) || (char === ')' && depth === 0))
      return { text: text.slice(start, end), end };
    if (char === ')') depth--;
    if (char === '(' && ++depth > MAX_BRACKETS) return undefined;
  }
  return undefined;
}
