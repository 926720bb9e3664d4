import { QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createQueryClient } from '../../web/api/query-client.ts';
import { useUnreadCount } from '../../web/features/threads/use-unread-count.ts';
import { openRoom } from '../../web/realtime/room-client.ts';
import type { RoomView } from '../../web/realtime/room-view.ts';
import type { SignedIn } from '../../web/session/session.ts';
import { SessionContext } from '../../web/session/session-context.ts';
import { ADA, GROUP_ID } from '../support/group-events.ts';

const ADAS: SignedIn = {
  state: 'signed-in',
  userId: ADA.id,
  getToken: async () => 'token',
  signOut: async () => undefined,
};
const EMPTY = openRoom({ groupId: GROUP_ID, session: ADAS }).getView();

const queries = createQueryClient();
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
  queries.clear();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function around({ children }: { children: ReactNode }) {
  return (
    <SessionContext value={ADAS}>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </SessionContext>
  );
}

/** The group after so many replies, of which none is loaded. */
function replied(replies: number): RoomView {
  return { ...EMPTY, replies };
}

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

test('while replies come without a pause, threads are counted once a second, and after the last', async () => {
  const { rerender } = renderHook((view) => useUnreadCount(GROUP_ID, view), {
    wrapper: around,
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

test('after a reset they are counted anew', async () => {
  const { rerender } = renderHook((view) => useUnreadCount(GROUP_ID, view), {
    wrapper: around,
    initialProps: EMPTY,
  });
  await pass(2_000);
  rerender({ ...EMPTY, resets: EMPTY.resets + 1 });
  await pass(1_000);
  expect(asked).toBe(2);
});
