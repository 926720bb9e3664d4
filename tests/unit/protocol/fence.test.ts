import { expect, test } from 'vitest';
import { isInFence } from '../../../protocol/markdown/blocks.ts';

test.each([
  '```',
  '```ts',
  '~~~',
  'Look:\n```\nconst a = 1;',
  '```\n',
  '```\n\n  ',
  '~~~\n```\n',
  '````\n```\ninside',
  '> ```\n> a',
  '> ```js',
  '- ```\n  a',
  '```\nlet `a`;',
])('a text that ends like %j is in fenced code', (text) => {
  expect(isInFence(text)).toBe(true);
});

test.each([
  '',
  'plain',
  '```\na\n```',
  '```\na\n```\nafter',
  '~~~\na\n~~~',
  '> ```\n> a\nmy answer',
  '`a` ```b```',
  'text ```',
  '```a```',
  '- ```\n  a\nafter',
])('a text that ends like %j is in none', (text) => {
  expect(isInFence(text)).toBe(false);
});
