import { render, screen } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { Entrance } from '../../../web/app/entrance.tsx';
import type { SignedIn } from '../../../web/session/session.ts';
import { SessionContext } from '../../../web/session/use-session.ts';
import { clearPageAfterEach } from '../../support/ada-page.tsx';
import { eventually } from '../../support/eventually.ts';
import { stateAt } from '../../support/group-events.ts';
import { person } from '../../support/node-room.ts';

/** The paths of the requests that are not answered yet. */
let open: string[];

beforeEach(() => {
  open = [];
  vi.stubGlobal('fetch', (path: string, { headers }: RequestInit) => {
    const token = new Headers(headers).get('authorization');
    if (path !== '/api/groups' || token !== 'Bearer Ada') {
      open.push(path);
      return new Promise(() => undefined);
    }
    const { group } = stateAt(1);
    return Promise.resolve(Response.json({ items: [{ group, role: 'owner' }] }));
  });
});

clearPageAfterEach();

function sessionOf(name: string): SignedIn {
  const { id } = person(name);
  return {
    state: 'signed-in',
    userId: id,
    getToken: async () => name,
    signOut: async () => undefined,
  };
}

test('what one user has loaded is not shown to the next, nor to the same user after another', async () => {
  history.replaceState(null, '', '/browse');
  const page = (session: SignedIn) => (
    <SessionContext value={session}>
      <Entrance />
    </SessionContext>
  );
  const { rerender } = render(page(sessionOf('Ada')));
  await screen.findByText('Engines');
  rerender(page(sessionOf('Grace')));
  expect(screen.queryByText('Engines')).toBeNull();
  await eventually(() => expect(open).toContain('/api/groups'));
  expect(screen.queryByText('Engines')).toBeNull();
  rerender(page({ ...sessionOf('Ada'), getToken: async () => 'a later session' }));
  expect(screen.queryByText('Engines')).toBeNull();
});
