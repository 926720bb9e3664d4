import { renderHook } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { useOwedEnd } from '../../../web/session/clerk/use-owed-end.ts';
import type { EndingClerk } from '../../../web/session/end-session.ts';
import { owedSignOut, oweSignOut } from '../../../web/session/owed-sign-out.ts';
import { eventually } from '../../support/eventually.ts';

/** Clerk with Ada's session, which ends or not. */
function clerkThat(ends: boolean): EndingClerk {
  return {
    user: { id: 'ada' },
    session: {
      async remove() {
        if (!ends) throw new Error('refused');
      },
    },
    setActive: async () => undefined,
  };
}

beforeEach(() => {
  vi.spyOn(console, 'warn').mockReturnValue();
  oweSignOut('ada');
});

test.each([
  [true, 'over', undefined],
  [false, 'failed', 'ada'],
])(
  'the session of a user who signed out is used again only once it ended: %s',
  async (ends, state, owed) => {
    const known = { clerk: clerkThat(ends), isLoaded: true, userId: 'ada' };
    const { result } = renderHook(useOwedEnd, { initialProps: known });
    expect(result.current).toBe('ending');
    await eventually(() => expect(result.current).toBe(state));
    expect(owedSignOut()).toBe(owed);
  },
);

test('nothing is owed any more where another user is signed in', () => {
  const known = { clerk: clerkThat(false), isLoaded: true, userId: 'grace' };
  const { result } = renderHook(useOwedEnd, { initialProps: known });
  expect(result.current).toBe('over');
  expect(owedSignOut()).toBeUndefined();
});
