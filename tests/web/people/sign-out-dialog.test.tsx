import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { SignOutDialog } from '../../../web/features/people/sign-out-dialog.tsx';
import type { SignedIn } from '../../../web/session/session.ts';
import { SessionContext } from '../../../web/session/use-session.ts';
import { ADA_SESSION } from '../../support/group-events.ts';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function open(signOut: SignedIn['signOut']): void {
  render(
    <SessionContext value={{ ...ADA_SESSION, signOut }}>
      <SignOutDialog onClose={() => undefined} />
    </SessionContext>,
  );
}

test('a refused sign-out says so, and can be repeated', async () => {
  const signOut = vi.fn<SignedIn['signOut']>(async () => undefined);
  signOut.mockRejectedValueOnce(new Error('500'));
  open(signOut);
  await userEvent.click(await screen.findByRole('button', { name: 'Sign out' }));
  await screen.findByText(/You are still signed in, and nothing was deleted/);
  await userEvent.click(screen.getByRole('button', { name: 'Sign out' }));
  expect(signOut).toHaveBeenCalledTimes(2);
});

test('without a network a user can sign out, and reads when the server hears of it', async () => {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  const signOut = vi.fn<SignedIn['signOut']>(async () => undefined);
  open(signOut);
  await screen.findByText(/You are offline/);
  await userEvent.click(screen.getByRole('button', { name: 'Sign out' }));
  expect(signOut).toHaveBeenCalledOnce();
});
