import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { CreateGroupDialog } from '../../../web/features/groups/create-group-dialog.tsx';
import { AsAda, clearPageAfterEach } from '../../support/ada-page.tsx';
import { person } from '../../support/node-room.ts';

clearPageAfterEach();

test('a refusal says why, and nothing that was entered is lost', async () => {
  const detail = 'You can create at most 30 groups an hour. Try again later.';
  vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
    if (path.startsWith('/api/users')) return Response.json({ items: [person('Grace')] });
    if (init.method !== 'POST') return Response.json({});
    const problem = { type: 'about:blank', title: 'Too many requests', status: 429 };
    return Response.json(
      { ...problem, code: 'rate_limited', detail, retryAfterMs: 3_000_000 },
      { status: 429, headers: { 'content-type': 'application/problem+json' } },
    );
  });
  const closed = vi.fn();
  render(
    <AsAda>
      <CreateGroupDialog onClose={closed} />
    </AsAda>,
  );
  await userEvent.type(screen.getByRole('textbox', { name: 'Name' }), 'Engines');
  await userEvent.type(screen.getByRole('textbox', { name: /Topic/ }), 'of yore');
  await userEvent.click(screen.getByRole('radio', { name: /Private/ }));
  await userEvent.type(screen.getByRole('combobox', { name: /Add people/ }), 'gr');
  await userEvent.click(await screen.findByRole('option', { name: /Grace/ }));
  await userEvent.click(screen.getByRole('button', { name: 'Create group' }));

  expect(await screen.findByText(detail)).toBeTruthy();
  expect(closed).not.toHaveBeenCalled();
  expect(screen.getByRole('textbox', { name: 'Name' })).toHaveProperty('value', 'Engines');
  expect(screen.getByRole('textbox', { name: /Topic/ })).toHaveProperty('value', 'of yore');
  expect(screen.getByRole('radio', { name: /Private/ })).toHaveProperty('checked', true);
  expect(screen.getByRole('button', { name: 'Remove Grace' })).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Create group' })).toHaveProperty('disabled', false);
});
