import { expect, test } from 'vitest';
import {
  firstLines,
  languageOf,
  textOf,
} from '../../../web/features/conversation/files/text-of.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

test.each<[string, Uint8Array, number, { text: string; isWhole: boolean } | undefined]>([
  ['a whole text', utf8('añ\nb'), 5, { text: 'añ\nb', isWhole: true }],
  [
    'the beginning ends with a line',
    utf8('one\ntwo\nth'),
    99,
    { text: 'one\ntwo', isWhole: false },
  ],
  ['one line without an end', utf8('one'), 99, { text: 'one', isWhole: false }],
  ['a character that is cut off', utf8('añ').subarray(0, 2), 99, { text: 'a', isWhole: false }],
  ['a broken character at the end', utf8('añ').subarray(0, 2), 2, undefined],
  ['a byte order mark', utf8('\ufeffa'), 4, { text: 'a', isWhole: true }],
  ['UTF-16', new Uint8Array([0xff, 0xfe, 0x61, 0]), 4, { text: 'a', isWhole: true }],
  ['UTF-16, big end first', new Uint8Array([0xfe, 0xff, 0, 0x61]), 4, { text: 'a', isWhole: true }],
  ['bytes of a program', new Uint8Array([0x7f, 0x45, 0, 0, 1]), 5, undefined],
  ['bytes that are no UTF-8', new Uint8Array([0x61, 0xff, 0x62]), 3, undefined],
  ['nothing', new Uint8Array(), 0, { text: '', isWhole: true }],
])('the text in bytes: %s', (_what, bytes, size, expected) => {
  expect(textOf(bytes, size)).toEqual(expected);
});

test.each([
  ['a\nb\nc', 2, 'a\nb'],
  ['a\nb', 2, 'a\nb'],
  ['a\nb\n', 2, 'a\nb'],
  ['', 2, ''],
])('of %j the first %i lines', (text, count, expected) => {
  expect(firstLines(text, count)).toBe(expected);
});

test.each([
  ['main.test.TS', 'ts'],
  ['Makefile', 'makefile'],
])('the language of %s', (name, language) => {
  expect(languageOf(name)).toBe(language);
});
