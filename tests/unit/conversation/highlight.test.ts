import { expect, test } from 'vitest';
import {
  type CodePiece,
  highlight,
  loadLanguage,
} from '../../../web/features/conversation/markdown/highlight.ts';

function textOf(pieces: readonly CodePiece[]): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : textOf(piece.pieces))).join('');
}

test('code is highlighted by its language, without losing a character', async () => {
  const code = 'const a = "x" + b; // <b>c</b>\nif (a) { return 42; }\n';
  expect(await loadLanguage('ts')).toBe(true);
  const pieces = highlight(code, 'ts') ?? [];
  expect(textOf(pieces)).toBe(code);
  expect(pieces).toContainEqual({ kind: 'keyword', pieces: ['const'] });
  expect(pieces).toContainEqual({ kind: 'comment', pieces: ['// <b>c</b>'] });
});

test.each([
  ['yaml', '- - ? '],
  ['yaml', 'a: 1\n'],
  ['json', '1,'],
  ['xml', '<a>'],
  ['js', '/a/;'],
])('%s of 8,000 characters in thousands of pieces stays plain: %j', async (language, text) => {
  expect(await loadLanguage(language)).toBe(true);
  expect(highlight(text.repeat(8_000 / text.length), language)).toBeUndefined();
});

test('dense code of 8,000 characters has colours', async () => {
  const line = 'export const sum = (a: number, b: number) => a + b;\n';
  expect(await loadLanguage('ts')).toBe(true);
  expect(highlight(line.repeat(8_000 / line.length), 'ts')?.length).toBeGreaterThan(1_000);
});

test('an unknown language is not loaded', async () => {
  expect(await loadLanguage('klingon')).toBe(false);
});
