import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useUnreadCount } from '../../web/features/threads/use-unread-count.ts';
import { openRoom } from '../../web/realtime/room-client.ts';
import type { RoomView } from '../../web/realtime/room-view.ts';
import { GROUP_ID, messageAt } from '../support/group-events.ts';
import { ADAS, AsAda, forgetAnswers } from '../support/signed-in.tsx';

const EMPTY = openRoom({ groupId: GROUP_ID, session: ADAS }).getView();

let asked: number;

beforeEach(() => {
  asked = 0;
  vi.useFakeTimers();
  vi.stubGlobal('fetch', async () => {
    asked += 1;
    return Response.json({ items: [] });
  });
});

afterEach(() => {
  cleanup();
  forgetAnswers();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** The group after a reply at this time. */
function repliedAt(lastReplyAt: number): RoomView {
  const message = messageAt(1, { id: 'root', replyCount: 1, lastReplyAt });
  return { ...EMPTY, rows: [{ state: 'sent', key: 'root', message, author: undefined }] };
}

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

test('while replies come without a pause, threads are counted once a second, and after the last', async () => {
  const { rerender } = renderHook((view) => useUnreadCount(GROUP_ID, view), {
    wrapper: AsAda,
    initialProps: repliedAt(0),
  });
  await pass(0);
  expect(asked).toBe(1);
  for (let n = 1; n <= 30; n += 1) {
    rerender(repliedAt(n));
    await pass(100);
  }
  await pass(1_000);
  expect(asked).toBe(4);
  await pass(10_000);
  expect(asked).toBe(4);
});
