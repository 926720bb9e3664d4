import { expect, test } from 'vitest';
import { filesInWords } from '../../../protocol/files-in-words.ts';

test.each<[string[], string]>([
  [[], ''],
  [['image/jpeg'], '📷 0'],
  [['video/mp4', 'image/png'], '🎬 0 and 1 more'],
  [['audio/wav', 'text/plain', 'text/csv'], '🎧 0 and 2 more'],
  [['application/pdf'], '📄 0'],
])('files of the types %j in words', (types, words) => {
  expect(filesInWords(types.map((type, n) => ({ name: `${n}`, type })))).toBe(words);
});
