import { act, renderHook } from '@testing-library/react';
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
  {
    name: 'the divider stands, and is loaded',
    opening: 'known',
    oldest: 5,
    at: [true, true],
    later: [true, true],
  },
  {
    name: 'the divider is above what is loaded',
    opening: 'known',
    oldest: 8,
    at: [false, false],
    later: [true, true],
  },
  {
    name: 'new messages can only follow',
    opening: 'below',
    oldest: 8,
    at: [true, false],
    later: [true, false],
  },
  {
    name: 'what is loaded may be new',
    opening: 'unknown',
    oldest: 8,
    at: [false, false],
    later: [true, true],
  },
] as const)('a group is shown once nothing in it can move, or after a wait: $name', (row) => {
  const { result } = renderHook(useOpening, { initialProps: viewOf(row.opening, row.oldest) });
  const state = () => [result.current.isShown, result.current.isPlaced];
  expect(state()).toEqual(row.at);
  act(() => vi.advanceTimersByTime(2_499));
  expect(state()).toEqual(row.at);
  act(() => vi.advanceTimersByTime(1));
  expect(state()).toEqual(row.later);
});

test('a group that was shown stays shown while its new messages load', () => {
  const { result, rerender } = renderHook(useOpening, { initialProps: viewOf('below', 8) });
  rerender(viewOf('known', 8));
  expect(result.current).toEqual({ isShown: true, isPlaced: false });
  rerender(viewOf('known', 5));
  expect(result.current).toEqual({ isShown: true, isPlaced: true });
});
