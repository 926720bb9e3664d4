import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Plus } from 'lucide-react';
import { expect, test, vi } from 'vitest';
import { keyOf } from '../../../web/app/switcher/choice.ts';
import { Switcher } from '../../../web/app/switcher/switcher.tsx';
import { listedGroup } from '../../../web/features/groups/listed-group.ts';
import { AsAda, clearPageAfterEach } from '../../support/ada-page.tsx';
import { entryOf } from '../../support/inbox-entry.ts';
import { person } from '../../support/node-room.ts';

clearPageAfterEach();

/** Opens the switcher with 500 groups, before a server that knows these people; returns the field and what was chosen. */
function openSwitcher(people: readonly string[] = []) {
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
  vi.stubGlobal('fetch', async (path: string) => {
    await answered;
    return Response.json({ items: path.startsWith('/api/users') ? people.map(person) : [] });
  });
  const names = ['\u202eKitchen', ...Array.from({ length: 499 }, (_, index) => `Team ${index}`)];
  const listed = names.map((name) =>
    listedGroup(entryOf({}, { id: name, name, createdAt: 0 }), { now: 0, arriving: undefined }),
  );
  const chosen: string[] = [];
  const closed = vi.fn();
  render(
    <AsAda>
      <Switcher
        commands={[{ name: 'Create a group', Icon: Plus, run: () => undefined }]}
        failure={undefined}
        listed={listed}
        onChoose={(choice) => chosen.push(keyOf(choice))}
        onClose={closed}
        openId={undefined}
      />
    </AsAda>,
  );
  return { field: screen.getByRole('combobox'), chosen, closed, answer };
}

const selected = () => screen.getAllByRole('option', { selected: true });

test('arrows move around both ends, and Enter chooses', async () => {
  const { field, chosen } = openSwitcher();
  expect(document.activeElement).toBe(field);
  await userEvent.keyboard('{ArrowUp}');
  expect(selected().map((it) => it.textContent)).toEqual(['Create a group']);
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}');
  expect(chosen).toEqual(['Team 0']);
});

test('the best choice is taken until I move, also when the server finds a better one later', async () => {
  const { field, chosen, answer } = openSwitcher(['Teamwork', 'Te']);
  await userEvent.type(field, 'te');
  expect(selected()[0]?.textContent).toContain('Team 0');
  answer();
  const better = await screen.findByRole('option', { name: /^Te @/ });
  expect(selected()).toEqual([better]);
  expect(field.getAttribute('aria-activedescendant')).toBe(better.id);
  await userEvent.keyboard('{Enter}');
  expect(chosen).toEqual([person('Te').id]);
});

test('what I have moved to stays, when the server finds something better', async () => {
  const { field, chosen, answer } = openSwitcher(['Te']);
  await userEvent.type(field, 'te');
  await userEvent.keyboard('{ArrowDown}');
  answer();
  await screen.findByRole('option', { name: /^Te @/ });
  await userEvent.keyboard('{Enter}');
  expect(chosen).toEqual(['Team 1']);
});

test('the Enter of an input method chooses nothing', () => {
  const { field, chosen } = openSwitcher();
  fireEvent.keyDown(field, { key: 'Enter', isComposing: true });
  expect(chosen).toEqual([]);
  fireEvent.keyDown(field, { key: 'Enter' });
  expect(chosen).toHaveLength(1);
});

test.each([
  ['Ctrl+K', { key: 'k', code: 'KeyK', ctrlKey: true }],
  ['Ctrl and the same key of a Russian layout', { key: 'л', code: 'KeyK', ctrlKey: true }],
])('%s closes it again', (_, key) => {
  const { field, closed } = openSwitcher();
  fireEvent.keyDown(field, key);
  expect(closed).toHaveBeenCalledOnce();
});

test('few of many groups are shown, their names isolated', async () => {
  const { field } = openSwitcher();
  await userEvent.type(field, 'e');
  expect(screen.getAllByRole('option').length).toBeLessThanOrEqual(50);
  await userEvent.type(field, '{Backspace}kitchen');
  const name = screen.getByText('\u202eKitchen');
  expect(name.tagName).toBe('BDI');
});
