import { expect, test } from 'vitest';
import { sizeInWords } from '../../../protocol/size-in-words.ts';

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1_000, '1 kB'],
  [1_049, '1 kB'],
  [1_050, '1.1 kB'],
  [999_949, '999.9 kB'],
  [999_950, '1 MB'],
  [90_000_000, '90 MB'],
  [1024 ** 3, '1.1 GB'],
  [10_000_000_000, '10 GB'],
])('%d bytes are %s', (bytes, words) => {
  expect(sizeInWords(bytes)).toBe(words);
});
