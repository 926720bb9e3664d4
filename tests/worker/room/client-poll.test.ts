import 'fake-indexeddb/auto';
import { beforeEach, expect, test, vi } from 'vitest';
import { BlockedSocket } from '../../support/blocked-socket.ts';
import { eventually } from '../../support/eventually.ts';
import { type ManualClock, manualClock } from '../../support/manual-clock.ts';
import { type OpenPage, pagesOf } from '../../support/open-page.ts';
import type { Person } from '../../support/person.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';

const RealSocket = globalThis.WebSocket;
const MINUTE_MS = 60_000;

let clock: ManualClock;
let polls: number;

const edgewise = sharedEdgewise();
const { ada, grace } = edgewise.people('Ada', 'Grace');
const open = pagesOf(edgewise, (path) => {
  if (path.includes('/changes?')) polls += 1;
});

beforeEach(() => {
  polls = 0;
  clock = manualClock();
  vi.stubGlobal('WebSocket', BlockedSocket);
});

/** Opens the group where WebSockets are blocked, and waits until long polling is live. */
async function openWithoutSocket(person: Person, groupId: string): Promise<OpenPage> {
  const page = open(person, groupId, { clock });
  await eventually(() => {
    // Each check moves the clock past the wait between two attempts.
    clock.pass(2_000);
    expect(page.getView().connection.state).toBe('live');
  });
  return page;
}

test('a client whose WebSockets are blocked syncs and sends over long polling', async () => {
  const { id: groupId } = await ada.createGroup();
  await grace.join(groupId);
  const hers = await openWithoutSocket(ada, groupId);
  const theirs = await openWithoutSocket(grace, groupId);
  expect(polls).toBeGreaterThan(0);
  await Promise.all([hers.send('one'), hers.send('two')]);
  await eventually(() => expect(theirs.shown()).toEqual(['one', 'two']));
  await eventually(() => expect(hers.shown()).toEqual(['one', 'two']));
  const { id } = theirs.row('one').message;
  theirs.react(id, '👍', 'add');
  await theirs.send('reply', { parentId: id, alsoToGroup: false });
  hers.edit(id, 'one, better');
  hers.openThread(id);
  await eventually(() => {
    expect(hers.row('one, better').message).toMatchObject({
      replyCount: 1,
      reactions: [{ emoji: '👍' }],
    });
    expect(theirs.row('one, better').message).toEqual(hers.row('one, better').message);
    expect(hers.replies()).toEqual(['reply']);
    expect(hers.row('one, better').change).toBeUndefined();
  });
});

test('a page without a socket shows at once who types and who has read', async () => {
  const { id: groupId } = await ada.createGroup();
  await grace.join(groupId);
  const page = await openWithoutSocket(ada, groupId);
  await page.send('read this');
  await eventually(() => expect(page.row('read this').state).toBe('sent'));
  vi.stubGlobal('WebSocket', RealSocket);
  const socket = await grace.connect(groupId);
  const { rev } = await socket.next('thread_state');
  socket.send({ type: 'thread_typing', typing: true });
  await eventually(() => expect(page.getView().typing.length).toBe(1));
  socket.send({ type: 'thread_read', seq: rev, mark: 0 });
  await eventually(() => expect(page.row('read this').receipt?.state).toBe('read'));
});

test('a message refused over long polling shows the reason', async () => {
  const { id: groupId } = await ada.createGroup();
  const page = await openWithoutSocket(ada, groupId);
  await page.send('x'.repeat(8_001));
  await eventually(() =>
    expect(page.getView().rows.at(-1)).toMatchObject({
      state: 'failed',
      failure: { code: 'invalid' },
    }),
  );
});

test('a WebSocket that connects later replaces long polling, without loss or duplicates', async () => {
  const { id: groupId } = await ada.createGroup();
  await grace.join(groupId);
  const page = await openWithoutSocket(ada, groupId);
  await grace.post(groupId, 'by requests');
  await eventually(() => expect(page.shown()).toEqual(['by requests']));
  const opened: WebSocket[] = [];
  vi.stubGlobal(
    'WebSocket',
    class extends RealSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols);
        opened.push(this);
      }
    },
  );
  clock.pass(MINUTE_MS);
  let received = 0;
  await eventually(() => {
    expect(opened[0]?.readyState).toBe(WebSocket.OPEN);
    opened[0]?.addEventListener('message', () => {
      received += 1;
    });
  });
  await grace.post(groupId, 'by a socket');
  await eventually(() => {
    expect(page.shown()).toEqual(['by requests', 'by a socket']);
    expect(received).toBeGreaterThan(0);
  });
  const before = polls;
  await grace.post(groupId, 'and another');
  await eventually(() => expect(page.shown()).toHaveLength(3));
  expect(polls).toBe(before);
  expect(page.getView().connection.state).toBe('live');
});

test('a client whose user is removed while it polls shows that it is closed', async () => {
  const { id: groupId } = await ada.createGroup();
  await grace.join(groupId);
  const page = await openWithoutSocket(grace, groupId);
  await grace.api('POST', `/api/groups/${groupId}/leave`);
  await eventually(() => expect(page.getView().closed).toEqual({ reason: 'forbidden' }));
  expect(page.shown()).toEqual([]);
});
