import { render, screen } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { Entrance } from '../../../web/app/entrance.tsx';
import { forgetting } from '../../../web/realtime/forgetting.ts';
import type { SignedIn } from '../../../web/session/session.ts';
import { SessionContext } from '../../../web/session/use-session.ts';
import { clearPageAfterEach } from '../../support/ada-page.tsx';
import { eventually } from '../../support/eventually.ts';
import { stateAt } from '../../support/group-events.ts';
import { entryOf } from '../../support/inbox-entry.ts';
import { person } from '../../support/node-room.ts';

/** The paths of the requests that are not answered yet. */
let open: string[];

beforeEach(() => {
  localStorage.clear();
  open = [];
  vi.stubGlobal('fetch', (path: string, { headers }: RequestInit) => {
    const token = new Headers(headers).get('authorization');
    if (path !== '/api/groups' || token !== 'Bearer Ada') {
      open.push(path);
      return new Promise(() => undefined);
    }
    const { group } = stateAt(1);
    return Promise.resolve(Response.json({ items: [entryOf({}, group)] }));
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

const page = (session: SignedIn) => (
  <SessionContext value={session}>
    <Entrance />
  </SessionContext>
);

test('what one user has loaded is not shown to the next, and is there at once for the same user', async () => {
  history.replaceState(null, '', '/browse');
  const { rerender } = render(page(sessionOf('Ada')));
  await screen.findByText('Engines');
  rerender(page(sessionOf('Grace')));
  expect(screen.queryByText('Engines')).toBeNull();
  await eventually(() => expect(open).toContain('/api/groups'));
  expect(screen.queryByText('Engines')).toBeNull();
  rerender(page({ ...sessionOf('Ada'), getToken: async () => 'a later session' }));
  expect(screen.getByText('Engines')).toBeDefined();
});

test('the list of groups is deleted when its user signs out, and not stored again', async () => {
  history.replaceState(null, '', '/browse');
  const { rerender } = render(page(sessionOf('Ada')));
  await screen.findByText('Engines');
  const { id } = person('Ada');
  expect(JSON.stringify(localStorage)).toContain(id);
  await forgetting.forgetPerson(id);
  window.dispatchEvent(new Event('visibilitychange'));
  rerender(page(sessionOf('Grace')));
  expect(JSON.stringify(localStorage)).not.toContain(id);
});
