import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { beforeEach, expect, test, vi } from 'vitest';
import type { User } from '../../../protocol/models.ts';
import { PeoplePicker } from '../../../web/features/groups/people-picker.tsx';
import { AsAda, clearPageAfterEach } from '../../support/ada-page.tsx';
import { eventually } from '../../support/eventually.ts';
import { person } from '../../support/node-room.ts';

const NAMES = ['Barbara', 'Grace', 'Gregor'];

clearPageAfterEach();

/** What the server was asked for, oldest first. */
let asked: string[];
let answer: () => void;
/** How often the form around the picker was sent. */
const sent = vi.fn();

beforeEach(() => {
  asked = [];
  sent.mockReset();
  const held = Promise.withResolvers<void>();
  answer = held.resolve;
  vi.stubGlobal('fetch', async (path: string) => {
    const query = new URL(path, 'http://localhost').searchParams.get('query') ?? '';
    asked.push(query);
    if (query !== '') await held.promise;
    const found = NAMES.filter((name) => name.toLowerCase().startsWith(query.toLowerCase()));
    return Response.json({ items: found.map(person) });
  });
});

function Form() {
  const [chosen, setChosen] = useState<readonly User[]>([]);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        sent();
      }}
    >
      <PeoplePicker chosen={chosen} label="To" onChange={setChosen} />
    </form>
  );
}

/** Opens the picker, before a server that has told everyone and now takes its time. */
async function open(): Promise<HTMLElement> {
  render(<Form />, { wrapper: AsAda });
  await eventually(() => expect(asked).toEqual(['']));
  return screen.getByRole('combobox', { name: 'To' });
}

const chosen = () =>
  screen.queryAllByRole('button', { name: /^Remove / }).map((it) => it.getAttribute('aria-label'));

test.each([
  ['Gre', ['Remove Gregor']],
  ['gr', ['Remove Grace']],
  ['nobody', []],
])(
  'Enter right after "%s" chooses the first who is found, and nobody else',
  async (text, expected) => {
    const input = await open();
    await userEvent.type(input, `${text}{Enter}`);
    await eventually(() => expect(asked).toEqual(['', text]));
    expect(chosen()).toEqual([]);
    answer();
    if (expected.length === 0) await screen.findByText(/^No one found/);
    await eventually(() => expect(chosen()).toEqual(expected));
    expect(sent).not.toHaveBeenCalled();
  },
);

test('Enter that was pressed too early is forgotten when more is typed', async () => {
  const input = await open();
  await userEvent.type(input, 'gr{Enter}e');
  await eventually(() => expect(asked.at(-1)).toBe('gre'));
  answer();
  await screen.findByRole('option', { name: /Gregor/ });
  expect(chosen()).toEqual([]);
});

test('the server is asked once for what is typed in one go', async () => {
  const input = await open();
  await userEvent.type(input, 'grace');
  await eventually(() => expect(asked.length).toBeGreaterThan(1));
  expect(asked).toEqual(['', 'grace']);
});
