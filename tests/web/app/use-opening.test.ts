import { renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useOpening } from '../../../web/app/use-opening.ts';
import type { GroupView, OpeningView } from '../../../web/realtime/group-view.ts';
import { adaClient } from '../../support/ada-page.tsx';
import { messageAt, stateAt } from '../../support/group-events.ts';

/** The view of a group that holds the messages from `oldest` on, with a divider behind 5. */
function viewOf(opening: OpeningView, oldest: number): GroupView {
  const message = messageAt(oldest);
  return {
    ...adaClient().getView(),
    group: stateAt(9).group,
    opening,
    rows: [{ state: 'sent', key: message.id, message, author: undefined }],
    hasBefore: true,
    ...(opening === 'known' && {
      divider: { afterSeq: 5, count: 4, mentions: 0, isAtLeast: false },
    }),
  };
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test.each([
  { name: 'the divider stands, and is loaded', opening: 'known', oldest: 5, at: [true, true] },
  { name: 'the divider is above what is loaded', opening: 'known', oldest: 8, at: [false, false] },
  { name: 'new messages can only follow', opening: 'below', oldest: 8, at: [true, false] },
  { name: 'what is loaded may be new', opening: 'unknown', oldest: 8, at: [false, false] },
] as const)('a group is shown once nothing in it can move: $name', ({ opening, oldest, at }) => {
  const { result } = renderHook(useOpening, { initialProps: viewOf(opening, oldest) });
  expect([result.current.isShown, result.current.isPlaced]).toEqual(at);
});

test('a group that was shown stays shown while its new messages load', () => {
  const { result, rerender } = renderHook(useOpening, { initialProps: viewOf('below', 8) });
  rerender(viewOf('known', 8));
  expect(result.current).toEqual({ isShown: true, isPlaced: false });
  rerender(viewOf('known', 5));
  expect(result.current).toEqual({ isShown: true, isPlaced: true });
});
