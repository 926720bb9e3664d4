import { act, renderHook } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { InboxEntry } from '../../../protocol/rest.ts';
import { favouritesOf, useFavourites } from '../../../web/api/favourites.ts';
import { keys } from '../../../web/api/keys.ts';
import { ADA_QUERIES, AsAda, clearPageAfterEach } from '../../support/ada-page.tsx';
import { eventually } from '../../support/eventually.ts';
import { entryOf } from '../../support/inbox-entry.ts';

clearPageAfterEach();

/** A list with the favourites a and b, and c; the server answers with this status when `answer` is called. */
function list(status: number) {
  const items = ['a', 'b', 'c'].map((id, at) =>
    entryOf({ ...(at < 2 && { favourite: at }) }, { id, name: id }),
  );
  ADA_QUERIES.setQueryData(keys.myGroups(), { items });
  const { promise, resolve } = Promise.withResolvers<void>();
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (address: string, init: RequestInit) => {
    asked.push(`${init.method} ${address}`);
    await promise;
    const failure = {
      type: 'about:blank',
      title: 'No',
      status,
      code: 'conflict',
      detail: 'Too many.',
    };
    return Response.json(status === 200 ? { items: [] } : failure, { status });
  });
  const { result } = renderHook(() => useFavourites(), { wrapper: AsAda });
  return { asked, answer: resolve, favourites: () => result.current };
}

const order = () =>
  favouritesOf(ADA_QUERIES.getQueryData<{ items: InboxEntry[] }>(keys.myGroups())?.items ?? []).map(
    ({ group }) => group.id,
  );

test('a move shows at once, also the next one while it is on its way', async () => {
  const { asked, answer, favourites } = list(200);
  await act(async () => favourites().move({ groupId: 'c', before: 'a' }));
  expect(order()).toEqual(['c', 'a', 'b']);
  await act(async () => favourites().move({ groupId: 'a', isRemoved: true }));
  expect(order()).toEqual(['c', 'b']);
  // One after the other: the later one must win.
  expect(asked).toHaveLength(1);
  answer();
  await eventually(() => expect(asked).toHaveLength(2));
  expect(asked[1]).toMatch(/^DELETE .*\/a\/favourite$/);
  expect(order()).toEqual(['c', 'b']);
});

test('what the server refuses is taken back, and said', async () => {
  const { answer, favourites } = list(409);
  await act(async () => favourites().move({ groupId: 'c' }));
  expect(order()).toEqual(['a', 'b', 'c']);
  answer();
  await eventually(() => expect(order()).toEqual(['a', 'b']));
  await eventually(() => expect(favourites().failure?.detail).toBe('Too many.'));
});
