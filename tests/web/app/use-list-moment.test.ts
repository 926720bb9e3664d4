import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { InboxEntry } from '../../../protocol/rest.ts';
import { useListMoment } from '../../../web/app/use-list-moment.ts';
import { GROUP_ID } from '../../support/group-events.ts';
import { entryOf } from '../../support/inbox-entry.ts';

const READ = [entryOf()];
const UNREAD = [entryOf({ unread: 1 })];

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** The moment of a list with these groups, of which one may be open. */
function momentOf(groups: InboxEntry[], openId?: string) {
  const { result, rerender } = renderHook(
    (props: { groups: InboxEntry[]; openId: string | undefined }) =>
      useListMoment(props.groups, props.openId),
    { initialProps: { groups, openId } },
  );
  return {
    result,
    update: (next: InboxEntry[], id = openId) => rerender({ groups: next, openId: id }),
  };
}

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

test('what arrives in the open group waits, and shows if it is not read', async () => {
  const { result, update } = momentOf(READ, GROUP_ID);
  update(UNREAD);
  expect(result.current.arriving).toBe(GROUP_ID);
  await pass(2_000);
  expect(result.current.arriving).toBeUndefined();
});

test('what is read in time never shows, nor does the next message', async () => {
  const { result, update } = momentOf(READ, GROUP_ID);
  update(UNREAD);
  await pass(1_000);
  update(READ);
  await pass(1_500);
  update(UNREAD);
  expect(result.current.arriving).toBe(GROUP_ID);
});

test('what was unread before the group was opened stays so until it is read', () => {
  const { result, update } = momentOf(UNREAD);
  update(UNREAD, GROUP_ID);
  expect(result.current.arriving).toBeUndefined();
});

test('what arrives in another group does not wait', () => {
  const { result, update } = momentOf(READ, 'other');
  update(UNREAD);
  expect(result.current.arriving).toBeUndefined();
});

test('the time is renewed when a mute ends', async () => {
  const start = Date.now();
  const { result } = momentOf([entryOf({ mutedUntil: start + 60_000 })]);
  await pass(59_000);
  expect(result.current.now).toBe(start);
  await pass(1_000);
  expect(result.current.now).toBe(start + 60_000);
});

test('a reply in the open thread waits in the same way, and one in another thread shows at once', async () => {
  const unread = (...ids: string[]) => [
    entryOf({ threads: ids.map((parentId) => ({ parentId, unread: 1 })) }),
  ];
  const { result, rerender } = renderHook(
    (groups: InboxEntry[]) => useListMoment(groups, GROUP_ID, 'open'),
    { initialProps: READ },
  );
  rerender(unread('other'));
  expect(result.current.arrivingThread).toBeUndefined();
  rerender(unread('open', 'other'));
  expect(result.current.arrivingThread).toBe('open');
  await pass(2_000);
  expect(result.current.arrivingThread).toBeUndefined();
});
