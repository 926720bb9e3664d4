import { expect, test } from 'vitest';
import { waitInWords } from '../../worker/wait-in-words.ts';

test.for([
  [1, '1 second'],
  [1_000, '1 second'],
  [19_001, '20 seconds'],
  [59_000, '59 seconds'],
  [59_001, '1 minute'],
  [60_000, '1 minute'],
  [60_001, '2 minutes'],
  [3_600_000, '60 minutes'],
] as const)('%i ms are %s', ([ms, words]) => {
  expect(waitInWords(ms)).toBe(words);
});
