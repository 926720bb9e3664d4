import { expect, test } from 'vitest';
import { User } from '../../../protocol/models.ts';
import { withAnswer } from '../../../web/api/with-answer.ts';

const OLD = {
  id: 'user_ada',
  name: 'Ada',
  handle: 'ada',
  imageUrl: '',
  role: 'member' as const,
  status: { text: 'at lunch', emoji: '🍜' },
};
const NEWER = { ...OLD, name: 'Augusta' };

test.each([
  ['a time zone', { timeZone: 'Asia/Tokyo' }, { ...NEWER, timeZone: 'Asia/Tokyo' }],
  ['a handle', { handle: 'countess' }, { ...NEWER, handle: 'countess' }],
  [
    'a new status',
    { status: { emoji: '🏠', text: 'back' } },
    { ...NEWER, status: { emoji: '🏠', text: 'back' } },
  ],
])('the answer to %s takes nothing back that an event has brought', (_, change, expected) => {
  const answer = { ...OLD, ...change };
  expect(withAnswer(User, { before: NEWER, change, answer })).toEqual(expected);
});

test('a field that the change ends is gone', () => {
  const { status: _status, ...answer } = OLD;
  const now = withAnswer(User, { before: NEWER, change: { status: null }, answer });
  expect(now).toEqual({ ...answer, name: 'Augusta' });
});

test('without anything known before, the answer is what is known', () => {
  const change = { handle: 'ada' };
  expect(withAnswer(User, { before: undefined, change, answer: OLD })).toEqual(OLD);
});
