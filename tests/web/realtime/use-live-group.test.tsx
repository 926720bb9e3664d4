import { act, cleanup, render, screen } from '@testing-library/react';
import type { DetachedWindowAPI } from 'happy-dom';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useLiveGroup } from '../../../web/realtime/use-live-group.ts';
import type { SignedIn } from '../../../web/session/session.ts';
import { SessionContext } from '../../../web/session/use-session.ts';
import { eventually } from '../../support/eventually.ts';
import { ADA, GROUP_ID, messageAt, messageEvent, stateAt } from '../../support/group-events.ts';
import { type SocketServer, startSocketServer } from '../../support/socket-server.ts';

declare global {
  interface Window {
    happyDOM: DetachedWindowAPI;
  }
}

let server: SocketServer;

beforeEach(async () => {
  server = await startSocketServer();
  window.happyDOM.setURL(server.origin);
  // Without IndexedDB, the outbox warns and keeps its entries in memory.
  vi.spyOn(console, 'warn').mockReturnValue();
});

afterEach(async () => {
  cleanup();
  vi.restoreAllMocks();
  await server.close();
});

/** A session. Each test uses another user, so that no test shares a live group with another. */
function session(userId: string): SignedIn {
  return {
    state: 'signed-in',
    userId,
    getToken: async () => 'token',
    signOut: async () => undefined,
  };
}

let renders: number;

function Talk() {
  const { view } = useLiveGroup(GROUP_ID);
  renders += 1;
  return (
    <ul aria-label={view.connection.state}>
      {view.rows.map((row) => (
        <li key={row.key}>{row.state === 'sent' ? row.message.content : row.content}</li>
      ))}
    </ul>
  );
}

const texts = () => screen.queryAllByRole('listitem').map((item) => item.textContent);

test('all components that show a group share one connection, and show what arrives', async () => {
  render(
    <SessionContext value={session(ADA.id)}>
      <Talk />
      <Talk />
    </SessionContext>,
  );
  await eventually(() => expect(server.sockets).toHaveLength(1));
  const [socket] = server.sockets;
  const first = messageAt(3);
  await act(async () => {
    socket?.send(stateAt(3, { messages: [first] }), messageEvent(messageAt(4)));
    await eventually(() => expect(texts()).toHaveLength(4));
  });
  expect(texts()).toEqual(['message 3', 'message 4', 'message 3', 'message 4']);
  expect(screen.getAllByLabelText('live')).toHaveLength(2);
  expect(server.sockets).toHaveLength(1);
});

test('events of one frame render once', async () => {
  render(
    <SessionContext value={session('user_once')}>
      <Talk />
    </SessionContext>,
  );
  await eventually(() => expect(server.sockets).toHaveLength(1));
  const [socket] = server.sockets;
  socket?.send(stateAt(3, { messages: [messageAt(3)] }));
  await act(() => eventually(() => expect(texts()).toHaveLength(1)));
  renders = 0;
  socket?.send(...Array.from({ length: 50 }, (_, n) => messageEvent(messageAt(4 + n))));
  await act(() => eventually(() => expect(texts()).toHaveLength(51)));
  expect(renders).toBe(1);
});

test('returning to a group soon reuses its connection', async () => {
  const ada = session('user_back');
  const page = (shown: boolean) => (
    <SessionContext value={ada}>{shown ? <Talk /> : null}</SessionContext>
  );
  const { rerender } = render(page(true));
  await eventually(() => expect(server.sockets).toHaveLength(1));
  const [socket] = server.sockets;
  socket?.send(stateAt(3, { messages: [messageAt(3)] }));
  await act(() => eventually(() => expect(texts()).toHaveLength(1)));
  rerender(page(false));
  socket?.send(messageEvent(messageAt(4)), { type: 'last', rev: 5 });
  rerender(page(true));
  await act(() => eventually(() => expect(texts()).toEqual(['message 3', 'message 4'])));
  expect(server.sockets).toHaveLength(1);
});
