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

test('the emoji that somebody used are offered to them first, and to nobody else', () => {
  const [hers, theirs] = [recent('ada'), recent('grace')];
  act(() => rememberEmoji('ada', '🚀'));
  expect(hers.current[0]).toBe('🚀');
  expect(theirs.current).not.toContain('🚀');
});

test('signing out leaves nothing of the person in the browser, and what others left', async () => {
  rememberEmoji('ada', '🦊');
  rememberEmoji('grace', '🦊');
  await forgetting.forgetPerson('ada');
  expect(Object.keys(localStorage)).toEqual(['edgewise.recent-emoji.grace']);
});
