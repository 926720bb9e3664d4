import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { restoringDetail } from '../../../protocol/restoring.ts';
import { LostConnection } from '../../../web/features/status/lost-connection.tsx';
import type { ConnectionView } from '../../../web/realtime/group-view.ts';

afterEach(cleanup);

const reason = restoringDetail(40);
const VIEWS: ConnectionView[] = [
  { state: 'connecting', reason },
  { state: 'reconnecting', since: 0, reason },
  { state: 'offline', since: 0, reason },
];

test.each(VIEWS)('a group that is being restored says how far it is: $state', (connection) => {
  render(<LostConnection connection={connection} onReconnect={() => undefined} />);
  screen.getByText('Restoring this group, 40 %. What you write is sent when it is done.');
  expect(screen.queryByText(/Offline|Connecting/)).toBe(null);
  // The server has said when to come back, and nothing shortens that.
  expect(screen.queryByRole('button')).toBe(null);
});

test('a connection that was closed for another reason can be opened at once', () => {
  const connection: ConnectionView = { state: 'offline', since: 0, reason: 'too slow' };
  render(<LostConnection connection={connection} onReconnect={() => undefined} />);
  screen.getByText(/Offline/);
  screen.getByRole('button', { name: 'Reconnect now' });
});
