import { fireEvent, render, screen } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import type { FilePage } from '../../../protocol/files.ts';
import type { Member } from '../../../protocol/models.ts';
import { FilesPanel } from '../../../web/features/files/files-panel.tsx';
import { AsAda, clearPageAfterEach } from '../../support/ada-page.tsx';
import { ADA, fileAt, GROUP_ID, messageAt } from '../../support/group-events.ts';
import { person } from '../../support/node-room.ts';

clearPageAfterEach();

const DAY_MS = 24 * 60 * 60_000;
const GRACE = person('Grace');
const MEMBERS = new Map(
  [GRACE, ADA].map((user): [string, Member] => [
    user.id,
    { userId: user.id, role: 'member', joinedAt: 0, rev: 1, user },
  ]),
);

/** The queries with which the panel asked for files. */
let asked: URLSearchParams[];

const sent = (seq: number, name: string): FilePage['items'][number] => ({
  file: fileAt(name),
  messageId: messageAt(seq).id,
  seq,
});

/** The newest two files, and the oldest on a second page. */
function answer(query: URLSearchParams): FilePage {
  if (query.get('from') === GRACE.id) return { items: [], users: [] };
  if (query.get('cursor') === 'second') return { items: [sent(1, 'oldest.txt')], users: [ADA] };
  return { items: [sent(3, 'lake.jpg'), sent(2, 'notes.txt')], users: [ADA], next: 'second' };
}

beforeEach(() => {
  asked = [];
  vi.stubGlobal('fetch', async (path: string) => {
    const { pathname, searchParams } = new URL(path, location.origin);
    if (!pathname.endsWith('/files')) return Response.json({ expiresAt: Date.now() + DAY_MS });
    asked.push(searchParams);
    return Response.json(answer(searchParams));
  });
});

function open(): void {
  render(
    <AsAda>
      <FilesPanel
        groupId={GROUP_ID}
        members={MEMBERS}
        onClose={() => undefined}
        onJump={() => undefined}
        userOf={(id) => MEMBERS.get(id)?.user}
      />
    </AsAda>,
  );
}

const choose = (label: string, value: string) =>
  fireEvent.change(screen.getByRole('combobox', { name: label }), { target: { value } });

test('more files are listed below the first ones', async () => {
  open();
  expect(await screen.findAllByRole('article')).toHaveLength(2);
  fireEvent.click(screen.getByRole('button', { name: /more/i }));
  expect(await screen.findByRole('article', { name: 'oldest.txt' })).toBeDefined();
  const names = screen.getAllByRole('article').map((it) => it.getAttribute('aria-label'));
  expect(names).toEqual(['lake.jpg', 'notes.txt', 'oldest.txt']);
  expect(screen.queryByRole('button', { name: /more/i })).toBeNull();
});

test('the files of a person are asked for by their id, and people stand in the order of their names', async () => {
  open();
  await screen.findAllByRole('article');
  const people = [...screen.getByRole('combobox', { name: 'From' }).querySelectorAll('option')];
  expect(people.map((it) => it.textContent)).toEqual(['Anyone', 'Ada', 'Grace']);
  choose('From', GRACE.id);
  expect(await screen.findByText('No such files')).toBeDefined();
  expect(asked.at(-1)?.get('from')).toBe(GRACE.id);
  choose('From', '');
  expect(await screen.findAllByRole('article')).toHaveLength(2);
});

test.each([
  ['week', 7],
  ['month', 30],
  ['year', 365],
])('the files of the last %s are those of %i days', async (value, days) => {
  open();
  await screen.findAllByRole('article');
  expect(asked.at(-1)?.has('after')).toBe(false);
  const before = Date.now();
  choose('Time', value);
  await vi.waitFor(() => expect(asked.at(-1)?.has('after')).toBe(true));
  const after = Number(asked.at(-1)?.get('after'));
  expect(Math.abs(after - (before - days * DAY_MS))).toBeLessThan(60_000);
});
