import { once } from 'node:events';
import { createServer } from 'node:http';
import { cleanup, render, screen } from '@testing-library/react';
import { useEffect, useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { owedSignOut, oweSignOut } from '../../../web/session/owed-sign-out.ts';
import { readRememberedUser, rememberUser } from '../../../web/session/remembered-user.ts';
import { SessionProvider } from '../../../web/session/session-provider.tsx';
import { useSession, useSignedIn } from '../../../web/session/use-session.ts';
import { eventually } from '../../support/eventually.ts';

/** How many requests the server has answered. */
let answered = 0;
let closeServer = async (): Promise<void> => undefined;

afterEach(async () => {
  cleanup();
  localStorage.clear();
  delete document.documentElement.dataset['session'];
  await closeServer();
  closeServer = async () => undefined;
});

/** Starts the page's own server, which answers every request with this. */
async function serve(status: number, body: string): Promise<void> {
  answered = 0;
  const server = createServer((_, response) => {
    response.writeHead(status).end(body);
    answered += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  window.happyDOM.setURL(`http://127.0.0.1:${address.port}`);
  closeServer = async () => {
    server.close();
    await once(server, 'close');
  };
}

function Shown() {
  const session = useSession();
  return (
    <p>
      {session.state}
      {session.state === 'unavailable' && `: ${session.detail}`}
    </p>
  );
}

/** How the page opens, before the server has said anything. */
const OPENINGS: [who: string, state: string, prepare: () => void][] = [
  ['a visitor', 'signed-out', () => undefined],
  ['a user of the last visit', 'signed-in', () => rememberUser('user_ada')],
  [
    'a browser with a session and no remembered user',
    'loading',
    () => {
      document.documentElement.dataset['session'] = 'expected';
    },
  ],
  [
    'a user who signed out without a network',
    'signed-out',
    () => {
      oweSignOut('user_ada');
    },
  ],
];

test.each(OPENINGS)(
  'the page renders for %s before the session is known: %s',
  async (_, state, prepare) => {
    await serve(200, '{}');
    prepare();
    render(
      <SessionProvider>
        <Shown />
      </SessionProvider>,
    );
    expect(screen.getByText(state)).toBeDefined();
  },
);

test('the user of the last visit goes on where the server cannot be reached, and can sign out here', async () => {
  await serve(503, '{"code":"unavailable"}');
  rememberUser('user_ada');
  localStorage.setItem('edgewise.queries.user_ada', '{}');
  render(
    <SessionProvider>
      <Leaver />
    </SessionProvider>,
  );
  await screen.findByText(/cannot be asked/);
  screen.getByRole('button').click();
  await eventually(() => expect(owedSignOut()).toBe('user_ada'));
  await eventually(() => expect(localStorage.getItem('edgewise.queries.user_ada')).toBeNull());
  expect(readRememberedUser()).toBeUndefined();
});

/** Waits for a token, says why there is none, and offers to sign out. */
function Leaver() {
  const session = useSignedIn();
  const [failure, setFailure] = useState('');
  useEffect(() => {
    session.getToken().catch((error: unknown) => setFailure(String(error)));
  }, [session]);
  return (
    <button onClick={() => void session.signOut()} type="button">
      {failure}
    </button>
  );
}

test('a user who signed out without a network sees the page of a visitor while there is none', async () => {
  await serve(503, '{"code":"unavailable"}');
  oweSignOut('user_ada');
  render(
    <SessionProvider>
      <Shown />
    </SessionProvider>,
  );
  await screen.findByText('signed-out');
  await eventually(() => expect(answered).toBeGreaterThan(0));
  await expect(screen.findByText(/unavailable/, {}, { timeout: 300 })).rejects.toThrow();
  expect(screen.getByText('signed-out')).toBeDefined();
});

test('a server that is not set up is explained in a sentence', async () => {
  await serve(503, '{"code":"unavailable"}');
  render(
    <SessionProvider>
      <Shown />
    </SessionProvider>,
  );
  await screen.findByText('unavailable: Edgewise is not set up completely. Ask its administrator.');
});

test('a server that cannot be reached is explained in a sentence', async () => {
  await serve(200, '{}');
  await closeServer();
  closeServer = async () => undefined;
  render(
    <SessionProvider>
      <Shown />
    </SessionProvider>,
  );
  await screen.findByText(
    'unavailable: Edgewise cannot be reached. Check your connection and reload.',
  );
});
