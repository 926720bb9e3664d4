import { afterEach, expect, test } from 'vitest';
import { rememberJoining, takeJoining } from '../../../web/features/invites/joining.ts';

afterEach(() => sessionStorage.clear());

test('who signs in on the page of an invitation joins by it, once', () => {
  rememberJoining('code-of-a-group');
  expect(takeJoining('code-of-a-group')).toBe(true);
  expect(takeJoining('code-of-a-group')).toBe(false);
});

test('a link joins nobody who has not seen its page before signing in', () => {
  expect(takeJoining('code-of-a-group')).toBe(false);
  rememberJoining('code-of-a-group');
  expect(takeJoining('code-of-another')).toBe(false);
  expect(takeJoining('code-of-a-group')).toBe(true);
});
