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

test('an unknown language is not loaded', async () => {
  expect(await loadLanguage('klingon')).toBe(false);
});
