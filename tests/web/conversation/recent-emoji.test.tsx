import { forgetting } from '../../../web/realtime/forgetting.ts';
import 'fake-indexeddb/auto';
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import {
  rememberEmoji,
  useRecentEmoji,
} from '../../../web/features/conversation/reactions/recent-emoji.ts';

afterEach(() => {
  cleanup();
  localStorage.clear();
});

const recent = (userId: string) => renderHook(() => useRecentEmoji(userId)).result;

test('recently used emoji are offered first to their user, and to nobody else', () => {
  const [hers, theirs] = [recent('ada'), recent('grace')];
  act(() => rememberEmoji('ada', '🚀'));
  expect(hers.current[0]).toBe('🚀');
  expect(theirs.current).not.toContain('🚀');
});

test("signing out deletes this user's recent emoji, and keeps other users'", async () => {
  rememberEmoji('ada', '🦊');
  rememberEmoji('grace', '🦊');
  await forgetting.forgetPerson('ada');
  expect(Object.keys(localStorage)).toEqual(['edgewise.recent-emoji.grace']);
});
