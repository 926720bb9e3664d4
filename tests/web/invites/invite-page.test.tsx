import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { InvitePage } from '../../../web/app/invite-page.tsx';
import { rememberJoining } from '../../../web/features/invites/joining.ts';
import { AsAda, clearPageAfterEach } from '../../support/ada-page.tsx';
import { eventually } from '../../support/eventually.ts';
import { GROUP_ID, stateAt } from '../../support/group-events.ts';

clearPageAfterEach();

const { group } = stateAt(1);
const CODE = 'AAAAAAAAAAAAAAAAAAAAAA';
const problem = (code: string, status: number) =>
  Response.json({ type: 't', title: 't', status, code, detail: `it is ${code}` }, { status });

let accepted: number;
let shown: () => Response;
let joined: () => Response;

beforeEach(() => {
  accepted = 0;
  sessionStorage.clear();
  history.replaceState(null, '', `/invite/${CODE}`);
  shown = () =>
    Response.json({
      group: { id: GROUP_ID, name: group.name, memberCount: 2 },
      invitedBy: { id: 'user_grace', name: 'Grace', imageUrl: '' },
    });
  joined = () => Response.json(group);
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    if (path === '/api/groups') return Response.json({ items: [] });
    if (init?.method !== 'POST') return shown();
    accepted += 1;
    return joined();
  });
});

const open = () =>
  render(
    <AsAda>
      <InvitePage code={CODE} />
    </AsAda>,
  );

test('an invitation joins nobody without a press', async () => {
  open();
  await screen.findByRole('button', { name: `Join ${group.name}` });
  expect(screen.getByText(/invites you to this group\. 2 members\./)).toBeTruthy();
  expect(accepted).toBe(0);
  await userEvent.click(screen.getByRole('button', { name: `Join ${group.name}` }));
  await eventually(() => expect(location.pathname).toBe(`/g/${GROUP_ID}`));
});

test('a user who signed in on its page joins at once, though others find its last use taken', async () => {
  rememberJoining(CODE);
  shown = () => problem('not_found', 404);
  open();
  await eventually(() => expect(location.pathname).toBe(`/g/${GROUP_ID}`));
  expect(accepted).toBe(1);
});

test('an invitation that stops working while it is shown says so when it is pressed', async () => {
  joined = () => problem('not_found', 404);
  open();
  await userEvent.click(await screen.findByRole('button', { name: `Join ${group.name}` }));
  expect(await screen.findByRole('heading', { name: /does not work/ })).toBeTruthy();
  expect(screen.getByText('it is not_found')).toBeTruthy();
});

test.each(['forbidden', 'archived', 'conflict'])('%s is told beside the button', async (code) => {
  joined = () => problem(code, 409);
  open();
  await userEvent.click(await screen.findByRole('button', { name: `Join ${group.name}` }));
  expect((await screen.findByRole('alert')).textContent).toBe(`it is ${code}`);
});

test('a lost network is told, and the invitation is asked for again when it is back', async () => {
  const found = shown;
  shown = () => {
    throw new TypeError('offline');
  };
  open();
  expect(await screen.findByRole('heading', { name: /cannot be shown/ })).toBeTruthy();
  shown = found;
  window.dispatchEvent(new Event('online'));
  expect(await screen.findByRole('button', { name: `Join ${group.name}` })).toBeTruthy();
});
