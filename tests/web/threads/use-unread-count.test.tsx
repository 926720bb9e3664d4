import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useUnreadCount } from '../../../web/features/threads/unread-badge.tsx';
import type { GroupView } from '../../../web/realtime/group-view.ts';
import { AsAda, adaClient, clearPageAfterEach } from '../../support/ada-page.tsx';
import { GROUP_ID } from '../../support/group-events.ts';

const EMPTY = adaClient().getView();

let asked: number;

beforeEach(() => {
  asked = 0;
  vi.useFakeTimers();
  vi.stubGlobal('fetch', async () => {
    asked += 1;
    return Response.json({ items: [], users: [] });
  });
});

clearPageAfterEach();
afterEach(() => void vi.useRealTimers());

/** The group after this number of replies, of which none is loaded. */
function replied(replies: number): GroupView {
  return { ...EMPTY, replies };
}

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

test('while replies arrive continuously, threads are counted once a second, and after the last reply', async () => {
  const { rerender } = renderHook((view) => useUnreadCount(GROUP_ID, view), {
    wrapper: AsAda,
    initialProps: replied(0),
  });
  await pass(0);
  expect(asked).toBe(1);
  for (let n = 1; n <= 30; n += 1) {
    rerender(replied(n));
    await pass(100);
  }
  await pass(1_000);
  expect(asked).toBe(4);
  await pass(10_000);
  expect(asked).toBe(4);
});

test('threads are counted again after a reset', async () => {
  const { rerender } = renderHook((view) => useUnreadCount(GROUP_ID, view), {
    wrapper: AsAda,
    initialProps: EMPTY,
  });
  await pass(2_000);
  rerender({ ...EMPTY, resets: EMPTY.resets + 1 });
  await pass(1_000);
  expect(asked).toBe(2);
});
