import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { connectGroup } from '../../../web/realtime/connection/connect-group.ts';
import { openInbox } from '../../../web/realtime/inbox/open-inbox.ts';
import { eventually } from '../../support/eventually.ts';
import { ADA_SESSION, GROUP_ID } from '../../support/group-events.ts';
import { type ManualClock, manualClock } from '../../support/manual-clock.ts';

const ORIGIN = 'http://localhost';
const wake = { isOnline: () => true, watch: () => () => undefined };

/** A socket that the network refuses. */
class RefusedSocket extends EventTarget {
  readyState = 3;

  constructor() {
    super();
    attempts += 1;
    setImmediate(() => this.dispatchEvent(Object.assign(new Event('close'), { code: 1006 })));
  }
}

/** What privacy extensions and some browsers of companies do. */
class ForbiddenSocket {
  constructor() {
    attempts += 1;
    throw new DOMException('WebSockets are not allowed here', 'SecurityError');
  }
}

let clock: ManualClock;
let attempts: number;
/** The paths that were polled. */
let polled: string[];
let close: () => void;

/** Opens each connection that may fall back to polling, and returns the path that it polls. */
const CONNECTIONS: [name: string, open: () => string][] = [
  [
    'the connection to a group',
    () => {
      const connection = connectGroup({
        session: ADA_SESSION,
        groupId: GROUP_ID,
        origin: ORIGIN,
        clock,
        wake,
        position: () => undefined,
        ready: async () => undefined,
        heardBefore: () => undefined,
        random: () => 1,
        received: () => undefined,
        changed: () => undefined,
        closed: () => undefined,
      });
      connection.open();
      close = () => connection.close();
      return `/api/groups/${GROUP_ID}/changes`;
    },
  ],
  [
    'the connection to my Inbox',
    () => {
      close = openInbox({
        session: ADA_SESSION,
        origin: ORIGIN,
        clock,
        wake,
        usage: { watch: () => () => undefined },
        random: () => 1,
        received: () => undefined,
        changed: () => undefined,
      });
      return '/api/inbox/changes';
    },
  ],
];

beforeEach(() => {
  clock = manualClock();
  attempts = 0;
  polled = [];
  vi.stubGlobal('fetch', async (path: string) => {
    polled.push(path.replace(/\?.*/, ''));
    if (path.includes('wait=25')) await new Promise(() => undefined);
    return new Response(null, { status: 204 });
  });
});

afterEach(() => {
  close();
  vi.unstubAllGlobals();
});

describe.each(CONNECTIONS)('%s polls after two attempts', (_name, open) => {
  test.each([
    ['refused', RefusedSocket],
    ['forbidden by an exception', ForbiddenSocket],
  ])('at a socket that is %s', async (_how, Socket) => {
    vi.stubGlobal('WebSocket', Socket);
    const path = open();
    await eventually(() => expect(attempts).toBe(1));
    await turn();
    expect(polled).toEqual([]);
    await eventually(() => {
      clock.pass(500);
      expect(attempts).toBe(2);
    });
    await eventually(() => {
      clock.pass(1_000);
      expect(polled).toContain(path);
    });
  });
});
