import { once } from 'node:events';
import { createServer } from 'node:http';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { SessionProvider } from '../../../web/session/session-provider.tsx';
import { useSession } from '../../../web/session/use-session.ts';

let closeServer = async (): Promise<void> => undefined;

afterEach(async () => {
  cleanup();
  await closeServer();
});

/** Starts the page's own server, which answers every request with this. */
async function serve(status: number, body: string): Promise<void> {
  const server = createServer((_, response) => response.writeHead(status).end(body));
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

test('the page renders before the session is known', async () => {
  await serve(200, '{}');
  render(
    <SessionProvider>
      <Shown />
    </SessionProvider>,
  );
  expect(screen.getByText('loading')).toBeDefined();
  await screen.findByText(/^unavailable/);
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
