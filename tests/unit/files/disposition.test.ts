import { expect, test } from 'vitest';
import { disposition } from '../../../worker/files/disposition.ts';

test.each<[name: string, plain: string, exact: string]>([
  ['notes.txt', 'notes.txt', 'notes.txt'],
  ['a b.txt', 'a b.txt', 'a%20b.txt'],
  ['Grüße.pdf', 'Gru_e.pdf', 'Gr%C3%BC%C3%9Fe.pdf'],
  ['数字.png', '__.png', '%E6%95%B0%E5%AD%97.png'],
  ['🎉.gif', '_.gif', '%F0%9F%8E%89.gif'],
  ['say "hi"\\.txt', 'say _hi__.txt', 'say%20%22hi%22%5C.txt'],
  ["it's (1)*.txt", "it's (1)*.txt", 'it%27s%20%281%29%2A.txt'],
  ['100%.txt', '100_.txt', '100%25.txt'],
  ['a;b=c,d.txt', 'a;b=c,d.txt', 'a%3Bb%3Dc%2Cd.txt'],
  ['\ud800.txt', '_.txt', '%EF%BF%BD.txt'],
])('the name %j', (name, plain, exact) => {
  expect(disposition('attachment', name)).toBe(
    `attachment; filename="${plain}"; filename*=UTF-8''${exact}`,
  );
  expect(() => new Headers({ 'Content-Disposition': disposition('inline', name) })).not.toThrow();
});
