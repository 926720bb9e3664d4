import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import type { ClientFrame } from '../../../protocol/client-frames.ts';
import { pollGroup } from '../../../web/realtime/connection/group-poll.ts';
import type { Transport } from '../../../web/realtime/connection/transport.ts';
import { eventually } from '../../support/eventually.ts';
import { GROUP_ID } from '../../support/group-events.ts';

afterEach(() => vi.unstubAllGlobals());

/** Opens a transport whose events nothing handles. */
function openTransport(): Transport<ClientFrame> {
  const nothing = (): undefined => undefined;
  return pollGroup(
    GROUP_ID,
    { client: 'one', position: nothing, getToken: async () => 'token' },
    { live: nothing, upToDate: nothing, heard: nothing, received: nothing, ended: nothing },
  );
}

/** Whether the request with this frame outlives the page. */
async function outlivesPage(frame: ClientFrame): Promise<boolean | undefined> {
  let keepalive: boolean | undefined;
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    if (path.includes('/frames')) keepalive = init.keepalive;
    else if (path.includes('wait=25')) await new Promise(() => undefined);
    return new Response(null, { status: 204 });
  });
  const transport = openTransport();
  await eventually(() => {
    transport.send(frame);
    expect(keepalive).toBeDefined();
  });
  transport.close();
  await turn();
  return keepalive;
}

test('the last read outlives the page', async () => {
  expect(await outlivesPage({ type: 'thread_read', seq: 5, mark: 0 })).toBe(true);
});

test('a large frame does not outlive the page, because browsers limit that', async () => {
  const message: ClientFrame = { type: 'message', id: GROUP_ID, content: 'hello '.repeat(1_000) };
  expect(await outlivesPage(message)).toBe(false);
});

test('a closed transport accepts no frames', async () => {
  vi.stubGlobal('fetch', async (path: string) => {
    if (path.includes('wait=25')) await new Promise(() => undefined);
    return new Response(null, { status: 204 });
  });
  const read: ClientFrame = { type: 'thread_read', seq: 5, mark: 0 };
  const transport = openTransport();
  await eventually(() => expect(transport.send(read)).toBe(true));
  transport.close();
  expect(transport.send(read)).toBe(false);
});
