import { act, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { USERS_WATCHED } from '../../../protocol/limits.ts';
import type { Member } from '../../../protocol/models.ts';
import { MemberRow } from '../../../web/features/groups/member-row.tsx';
import { useWatchedRows } from '../../../web/features/groups/use-watched-rows.ts';
import { AsAda, clearPageAfterEach } from '../../support/ada-page.tsx';
import { ADA, stateAt } from '../../support/group-events.ts';

clearPageAfterEach();

const { group } = stateAt(1);
const me = { userId: ADA.id, role: 'member' } as const;

let watched: string[][];

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  watched = [];
});
afterEach(() => {
  vi.useRealTimers();
});

const client = { watchPresence: (userIds: string[]) => void watched.push(userIds) };

function Rows({ userIds, isLarge = true }: { userIds: string[]; isLarge?: boolean }) {
  const watch = useWatchedRows(client, isLarge);
  return userIds.map((userId) => {
    const member: Member = {
      userId,
      role: 'member',
      joinedAt: 1,
      rev: 1,
      user: { ...ADA, id: userId },
    };
    const row = { group, me, member, presence: undefined, watch };
    return <MemberRow key={userId} {...row} />;
  });
}

const still = () => act(() => vi.advanceTimersByTimeAsync(200));

test('the rows of a large group on the screen are watched where the list stops, each time they are others', async () => {
  const { rerender, unmount } = render(<Rows userIds={['one', 'two']} />, { wrapper: AsAda });
  await act(() => vi.advanceTimersByTimeAsync(150));
  rerender(<Rows userIds={['two', 'three']} />);
  await act(() => vi.advanceTimersByTimeAsync(150));
  expect(watched).toEqual([]);
  await still();
  expect(watched).toEqual([['two', 'three']]);
  // A message arrives, and the same rows are rendered again.
  rerender(<Rows userIds={['two', 'three']} />);
  await still();
  expect(watched).toHaveLength(1);
  unmount();
  await still();
  expect(watched.slice(1)).toEqual([[]]);
});

test('no more are watched than a client may watch', async () => {
  const userIds = Array.from({ length: USERS_WATCHED + 20 }, (_, n) => `user_${n}`);
  render(<Rows userIds={userIds} />, { wrapper: AsAda });
  await still();
  expect(watched).toEqual([userIds.slice(20)]);
});

test('nobody is watched in a small group, and everyone on the screen once it becomes large', async () => {
  const { rerender } = render(<Rows isLarge={false} userIds={['one']} />, { wrapper: AsAda });
  await still();
  expect(watched).toEqual([]);
  rerender(<Rows userIds={['one']} />);
  await still();
  expect(watched).toEqual([['one']]);
  rerender(<Rows isLarge={false} userIds={['one']} />);
  await still();
  expect(watched.slice(1)).toEqual([[]]);
});
