import { expect, test } from 'vitest';
import { TYPING_REPEAT_MS } from '../../../protocol/limits.ts';
import { Typing } from '../../../worker/room/ephemeral/typing.ts';

test('someone who types is told to everyone at once, with each regular repeat, and not with others', () => {
  let now = 0;
  const typing = new Typing(() => now);
  const type = (is: boolean) => typing.set('ada', null, is);
  expect(type(true)).toBe(true);
  now += 999;
  expect([type(true), type(true)]).toEqual([false, false]);
  now += 1;
  expect(type(true)).toBe(true);
  now += TYPING_REPEAT_MS;
  expect(type(true)).toBe(true);
  expect([type(false), type(false)]).toEqual([true, false]);
  expect(type(true)).toBe(true);
});

test('a repeat that nobody is told of keeps them typing all the same', () => {
  let now = 0;
  const typing = new Typing(() => now);
  typing.set('ada', null, true);
  now = 900;
  typing.set('ada', null, true);
  now = 6_800;
  expect(typing.list()).toEqual([{ userId: 'ada', parentId: null }]);
  now = 6_900;
  expect(typing.list()).toEqual([]);
});

test('each thread and each person counts on its own', () => {
  const typing = new Typing(() => 0);
  expect(typing.set('ada', null, true)).toBe(true);
  expect(typing.set('ada', 'root', true)).toBe(true);
  expect(typing.set('grace', null, true)).toBe(true);
});
