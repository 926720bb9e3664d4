import { expect, test } from 'vitest';
import { FILE_BYTES } from '../../../protocol/limits.ts';
import { chooseFiles, shortName } from '../../../web/features/composer/files/choose-files.ts';
import { moved } from '../../../web/features/composer/files/moved.ts';
import { durationWords, typeWords } from '../../../web/features/conversation/files/file-words.ts';

function fileOf(name: string, size = 1): File {
  const file = new File(['x'], name);
  Object.defineProperty(file, 'size', { value: size });
  return file;
}

test('more than ten files are refused before anything is uploaded, with the number', () => {
  const { taken, refusals } = chooseFiles(
    ['a', 'b', 'c', 'd'].map((name) => fileOf(name)),
    8,
  );
  expect(taken.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(refusals).toEqual([
    'A message can have 10 files. 2 files were left out: send them in another one.',
  ]);
});

test('a file that is too large is refused by its name and size, and does not take the place of another', () => {
  const { taken, refusals } = chooseFiles([fileOf('film.mov', FILE_BYTES + 1), fileOf('a.txt')], 9);
  expect(taken.map(({ name }) => name)).toEqual(['a.txt']);
  expect(refusals).toEqual(['film.mov has 1.1 GB. A file can have up to 1.1 GB.']);
});

test.each([
  ['short.txt', 'short.txt'],
  [`${'é'.repeat(200)}.jpeg`, `${'é'.repeat(125)}.jpeg`],
  ['x'.repeat(300), 'x'.repeat(255)],
])('a name is cut to 255 bytes before its ending', (name, expected) => {
  expect(shortName(name)).toBe(expected);
});

test.each([
  [0, 2, 'bca'],
  [2, 0, 'cab'],
  [1, 1, 'abc'],
  [0, -1, 'abc'],
  [2, 3, 'abc'],
])('moving the file at %i to %i', (from, to, expected) => {
  expect(moved(['a', 'b', 'c'], from, to).join('')).toBe(expected);
});

test.each([
  ['a.pdf', 'application/pdf', 'PDF'],
  ['Makefile', 'text/plain', 'Text'],
  ['unknown', 'application/octet-stream', 'File'],
  ['picture', 'image/webp', 'WEBP'],
])('the kind of %s', (name, type, words) => {
  expect(typeWords({ name, type })).toBe(words);
});

test.each([
  [7_000, '0:07'],
  [62_000, '1:02'],
  [3_723_000, '1:02:03'],
])('%i ms are said as %s', (ms, words) => {
  expect(durationWords(ms)).toBe(words);
});
