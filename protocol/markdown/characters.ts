/**
 * Scripts that put no spaces between words, and their punctuation: a mark or a mention there may stand inside what would
 * elsewhere be one word.
 */
const UNSPACED =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Bopomofo}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\u3000-\u303f\uff00-\uffef]/u;
const WORD = /[\p{L}\p{N}\p{M}_]/u;
const SPACE = /\s/;
/** What may stand before a word in prose, which excludes the parts of paths, identifiers and formulas. */
const BEFORE_WORD =
  /[\s\p{Ps}\p{Pi}\p{Pf}\p{Pd}\p{Extended_Pictographic}"'>*_~,;:!?¡¿…、。，；：！？・]/u;
/** What may stand after a word in prose. */
const AFTER_WORD =
  /[\s\p{Pe}\p{Pf}\p{Pi}\p{Pd}\p{Extended_Pictographic}"'<*_~,;:.!?…、。，；：！？・]/u;
/** ASCII punctuation, which is what a backslash can stand before. */
const PUNCTUATION = /[!-/:-@[-`{-~]/;

/** The code point that ends at `at`; empty at the start of the text. */
export function before(text: string, at: number): string {
  const low = text.slice(at - 1, at);
  if (!/[\udc00-\udfff]/.test(low)) return low;
  return text.slice(Math.max(0, at - 2), at);
}

/** The code point that begins at `at`; empty at the end of the text. */
export function after(text: string, at: number): string {
  const code = text.codePointAt(at);
  return code === undefined ? '' : String.fromCodePoint(code);
}

/** Whether a character belongs to a script without spaces between words. */
export function isUnspaced(character: string): boolean {
  return UNSPACED.test(character);
}

/** Whether a character is part of a word, in a script that separates words by spaces. */
export function isWord(character: string): boolean {
  return WORD.test(character) && !UNSPACED.test(character);
}

/** Whether a character is white space, or the text ends there. */
export function isSpace(character: string): boolean {
  return character === '' || SPACE.test(character);
}

/** Whether a word may begin after this character. */
export function startsWord(previous: string): boolean {
  return previous === '' || BEFORE_WORD.test(previous);
}

/** Whether a word may end before this character. */
export function endsWord(next: string): boolean {
  return next === '' || AFTER_WORD.test(next);
}

/** Whether a backslash before this character may hide it from being read as a mark. */
export function isPunctuation(character: string): boolean {
  return PUNCTUATION.test(character);
}
