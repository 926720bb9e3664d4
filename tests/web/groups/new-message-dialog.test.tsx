import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { NewMessageDialog } from '../../../web/features/groups/new-message-dialog.tsx';
import { AsAda, clearPageAfterEach } from '../../support/ada-page.tsx';
import { eventually } from '../../support/eventually.ts';
import { stateAt } from '../../support/group-events.ts';
import { person } from '../../support/node-room.ts';

clearPageAfterEach();

const names = ['Alan', 'Barbara', 'Claude', 'Donald', 'Edsger', 'Frances', 'Grace', 'Hedy', 'Ivan'];
const asked: unknown[] = [];

/** Opens the dialog, before a server that knows these people, and chooses the first `count`. */
async function choose(count: number): Promise<void> {
  asked.length = 0;
  vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
    if (path.startsWith('/api/users')) return Response.json({ items: names.map(person) });
    if (init.method === 'POST') asked.push(JSON.parse(String(init.body)));
    return Response.json({ ...stateAt(1).group, kind: 'direct', name: '' }, { status: 201 });
  });
  render(
    <AsAda>
      <NewMessageDialog onClose={() => undefined} />
    </AsAda>,
  );
  for (const name of names.slice(0, count)) {
    await userEvent.type(screen.getByRole('combobox', { name: 'To' }), 'a');
    await userEvent.click(await screen.findByRole('option', { name: new RegExp(name) }));
  }
}

const start = () => screen.getByRole('button', { name: 'Start conversation' });

test('a new message opens the direct group of those who are chosen', async () => {
  await choose(2);
  await userEvent.click(start());
  await eventually(() => expect(location.pathname).toBe(`/g/${stateAt(1).group.id}`));
  expect(asked).toEqual([{ kind: 'direct', memberIds: [person('Alan').id, person('Barbara').id] }]);
});

test('without people there is nothing to start', async () => {
  await choose(0);
  expect(start()).toHaveProperty('disabled', true);
});

test('eight others fit into a conversation, and for more the dialog suggests a group', async () => {
  await choose(9);
  expect(start()).toHaveProperty('disabled', true);
  expect(screen.getByText(/create a group/)).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Remove Ivan' }));
  expect(start()).toHaveProperty('disabled', false);
  expect(screen.queryByText(/create a group/)).toBeNull();
});
