import { expect, test } from 'vitest';
import { isolated } from '../../../web/ui/words/isolated.ts';

test.each([
  ['a plain name', 'Ada', 'Ada'],
  ['Hebrew', '\u05d0\u05d1', '\u2068\u05d0\u05d1\u2069'],
  ['Adlam, which is outside of the first plane', '\u{1e900}', '\u2068\u{1e900}\u2069'],
  ['Old South Arabian', '\u{10a60}', '\u2068\u{10a60}\u2069'],
  ['a right-to-left mark', 'Ada\u200f!', '\u2068Ada\u200f!\u2069'],
  ['a name that ends its isolation', 'Ada\u2069\u202eabc', '\u2068Ada\u202eabc\u2069'],
  ['a name that begins another one', 'Ada\u2067abc', '\u2068Adaabc\u2069'],
])('in a sentence %s turns nothing around it', (_, name, text) => {
  expect(isolated(name)).toBe(text);
});
