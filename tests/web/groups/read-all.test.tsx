import { act, render, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { ReadAll } from '../../../web/features/groups/read-all.tsx';
import { AsAda, clearPageAfterEach } from '../../support/ada-page.tsx';
import { entryOf } from '../../support/inbox-entry.ts';

clearPageAfterEach();

const ID = '01990000-0000-7000-8000-000000000009';
const UNREAD = [entryOf({ unread: 1 }, { id: ID, lastSeq: 3 })];
const BEFORE = [{ groupId: ID, seq: 3, readSeq: 1, threads: [] }];

/** The bar after the server has answered; `answers` by the end of the address. */
async function bar(entries: typeof UNREAD, answers: Record<string, unknown>) {
  vi.stubGlobal('fetch', async (address: string) => {
    const [, body] = Object.entries(answers).find(([end]) => address.endsWith(end)) ?? [];
    return Response.json(body);
  });
  const ended = vi.fn();
  render(
    <AsAda>
      <ReadAll entries={entries} onEnd={ended} />
    </AsAda>,
  );
  return { ended, text: (await screen.findByRole('status')).textContent };
}

test.each<[name: string, entries: typeof UNREAD, answer: unknown, text: string]>([
  [
    'one was unread',
    UNREAD,
    { entries: [], before: BEFORE, failed: [] },
    'Marked 1 conversation as read·Undo',
  ],
  [
    'some could not be reached',
    UNREAD,
    { entries: [], before: BEFORE, failed: [ID, ID] },
    'Marked 1 conversation as read, 2 conversations could not be reached·Undo',
  ],
  [
    'none could be reached',
    UNREAD,
    { entries: [], before: [], failed: [ID] },
    '1 conversation could not be reached. Try again in a moment.',
  ],
  ['nothing was unread', [entryOf()], {}, 'Everything is read already'],
])('what the bar says if %s', async (_, entries, answer, expected) => {
  const { text } = await bar(entries, { '/read': answer });
  expect(text).toBe(expected);
});

test('the bar goes by itself, but not from under the pointer or the focus', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  try {
    const { ended } = await bar(UNREAD, { '/read': { entries: [], before: BEFORE, failed: [] } });
    const undo = screen.getByRole('button', { name: 'Undo' });
    act(() => undo.focus());
    act(() => vi.advanceTimersByTime(60_000));
    expect(ended).not.toHaveBeenCalled();
    act(() => undo.blur());
    act(() => vi.advanceTimersByTime(10_000));
    expect(ended).toHaveBeenCalledOnce();
  } finally {
    vi.useRealTimers();
  }
});

test('an undo that does not reach a group says so, and cannot be asked for twice', async () => {
  const { ended } = await bar(UNREAD, {
    '/read': { entries: [], before: BEFORE, failed: [] },
    '/unread': { entries: [], failed: [ID] },
  });
  act(() => screen.getByRole('button', { name: 'Undo' }).click());
  expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
  await screen.findByText('1 conversation could not be reached and stays read');
  expect(ended).not.toHaveBeenCalled();
});
