import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ClientFrame, FrameOf } from '../../../protocol/client-frames.ts';
import type { Message } from '../../../protocol/models.ts';
import type { ErrorEvent } from '../../../protocol/server-events.ts';
import { Outbox, type OutboxParts } from '../../../web/realtime/outbox/outbox.ts';
import { shows } from '../../../web/realtime/outbox/settles.ts';
import { type OutboxStore, openOutboxStore } from '../../../web/realtime/outbox/store.ts';
import { eventually } from '../../support/eventually.ts';
import { ADA, GROUP_ID, messageAt } from '../../support/group-events.ts';
import { type ManualClock, manualClock } from '../../support/manual-clock.ts';

const HOUR_MS = 60 * 60_000;

/** A tab with the group open. A tab that is killed without `close` leaves exactly what it had stored. */
interface Tab {
  outbox: Outbox;
  sent: Parameters<OutboxParts['transmit']>[0][];
  /** The ids of messages that it fetched. */
  looked: string[];
  /** The messages in the replica. */
  held: Map<string, Message>;
  doubts: number;
  /** The text and state of each entry. */
  rows(): string[];
}

let clock: ManualClock;
let store: OutboxStore;
const opened: Outbox[] = [];

async function openTab(itsStore = store): Promise<Tab> {
  const tab: Tab = {
    outbox: new Outbox({
      userId: ADA.id,
      groupId: GROUP_ID,
      store: itsStore,
      clock,
      transmit: (frame) => tab.sent.push(frame),
      isShown: (change) => {
        const row = tab.held.get(change.messageId);
        return row !== undefined && shows(row, change);
      },
      check: (id) => tab.looked.push(id),
      changed: () => undefined,
      upload: () => undefined,
      answerLate: () => {
        tab.doubts += 1;
      },
    }),
    sent: [],
    looked: [],
    held: new Map(),
    doubts: 0,
    rows: () => tab.outbox.view.unsent.map(({ content, state }) => `${content}: ${state}`),
  };
  opened.push(tab.outbox);
  await tab.outbox.open();
  return tab;
}

/** A tab whose group is live. */
async function liveTab(): Promise<Tab> {
  const tab = await openTab();
  tab.outbox.connected();
  return tab;
}

const texts = (tab: Tab) =>
  tab.sent.map((frame) => (frame.type === 'message' ? frame.content : frame.type));

/** The `n`th frame that the tab sent. */
function frame(tab: Tab, n: number): FrameOf<'message'> {
  const sent = tab.sent[n];
  if (sent?.type !== 'message') throw new Error(`frame ${n} was not sent`);
  return sent;
}

const write = (tab: Tab, content: string) => tab.outbox.add({ type: 'message', content });

/** The server acknowledges the message. */
function acknowledge(tab: Tab, { id, content }: FrameOf<'message'>): void {
  tab.outbox.settle({ type: 'row', message: messageAt(1, { id, content, userId: ADA.id }) });
}

/** The server's `error` event about a frame. */
function refusal(about: ClientFrame, more: Partial<ErrorEvent>): ErrorEvent {
  return { type: 'error', code: 'archived', message: 'It is archived.', ref: about.ref, ...more };
}

beforeEach(() => {
  clock = manualClock();
  store = openOutboxStore();
});

afterEach(async () => {
  for (const outbox of opened.splice(0)) outbox.close();
  await store.forget(ADA.id);
});

test('messages are sent one at a time, in order, each after the previous one was acknowledged', async () => {
  const tab = await liveTab();
  await Promise.all([write(tab, 'one'), write(tab, 'two'), write(tab, 'three')]);
  expect(texts(tab)).toEqual(['one']);
  acknowledge(tab, frame(tab, 0));
  expect(texts(tab)).toEqual(['one', 'two']);
  expect(tab.rows()).toEqual(['two: sending', 'three: sending']);
});

test('a message shows at once, and is sent once it is stored', async () => {
  const tab = await liveTab();
  const stored = write(tab, 'hello');
  expect(tab.rows()).toEqual(['hello: sending']);
  expect(tab.sent).toEqual([]);
  await stored;
  expect(texts(tab)).toEqual(['hello']);
});

test('a tab killed before any acknowledgement sends the same messages with the same ids when it restarts', async () => {
  const before = await liveTab();
  await Promise.all([write(before, 'one'), write(before, 'two')]);
  const after = await openTab(openOutboxStore());
  await write(after, 'three');
  expect(after.sent).toEqual([]);
  after.outbox.connected();
  expect(frame(after, 0)).toEqual(frame(before, 0));
  acknowledge(after, frame(after, 0));
  acknowledge(after, frame(after, 1));
  expect(texts(after)).toEqual(['one', 'two', 'three']);
});

test('an acknowledged message is not in the outbox after a reload', async () => {
  const before = await liveTab();
  await Promise.all([write(before, 'one'), write(before, 'two')]);
  acknowledge(before, frame(before, 0));
  const after = await openTab(openOutboxStore());
  expect(after.rows()).toEqual(['two: waiting']);
});

test('a refused message stays refused after a reload, with its reason, and does not block the next one', async () => {
  const before = await liveTab();
  await Promise.all([write(before, 'one'), write(before, 'two')]);
  before.outbox.refuse(refusal(frame(before, 0), {}));
  expect(texts(before)).toEqual(['one', 'two']);
  const after = await openTab(openOutboxStore());
  after.outbox.connected();
  expect(after.outbox.view.unsent[0]).toMatchObject({
    state: 'failed',
    failure: { code: 'archived', detail: 'It is archived.' },
  });
  expect(texts(after)).toEqual(['two']);
});

test('retry sends with the same id, and clears the old reason', async () => {
  const tab = await liveTab();
  await write(tab, 'one');
  tab.outbox.refuse(refusal(frame(tab, 0), {}));
  tab.outbox.retry(frame(tab, 0).id);
  expect(frame(tab, 1)).toEqual(frame(tab, 0));
  expect(tab.rows()).toEqual(['one: sending']);
  const after = await openTab(openOutboxStore());
  expect(after.rows()).toEqual(['one: waiting']);
});

test('discard returns the text and sends the next message', async () => {
  const tab = await liveTab();
  await Promise.all([write(tab, 'one'), write(tab, 'two')]);
  expect(tab.outbox.discard(frame(tab, 0).id)).toBe('one');
  expect(texts(tab)).toEqual(['one', 'two']);
  expect(tab.rows()).toEqual(['two: sending']);
});

test('without an acknowledgement a message is pending after a second and failed after ten', async () => {
  const tab = await liveTab();
  await write(tab, 'one');
  clock.pass(999);
  expect(tab.rows()).toEqual(['one: sending']);
  clock.pass(1);
  expect(tab.rows()).toEqual(['one: pending']);
  expect(tab.doubts).toBe(1);
  clock.pass(9_000);
  expect(tab.rows()).toEqual(['one: failed']);
});

test('a message without an acknowledgement is sent again after the next state', async () => {
  const tab = await liveTab();
  await write(tab, 'one');
  clock.pass(10_000);
  tab.outbox.connected();
  expect(frame(tab, 1)).toEqual(frame(tab, 0));
  expect(tab.rows()).toEqual(['one: pending']);
});

test('unacknowledged messages are sent again after every state', async () => {
  const tab = await liveTab();
  await write(tab, 'one');
  tab.outbox.connected();
  expect(frame(tab, 1)).toEqual(frame(tab, 0));
});

test('offline, messages wait without failing', async () => {
  const tab = await liveTab();
  await write(tab, 'one');
  tab.outbox.disconnected();
  await write(tab, 'two');
  clock.pass(HOUR_MS / 2);
  expect(tab.rows()).toEqual(['one: waiting', 'two: waiting']);
  expect(texts(tab)).toEqual(['one']);
});

test('offline, a message waits at once and for long after ten seconds, and is pending on the next connection', async () => {
  const tab = await openTab();
  await write(tab, 'one');
  const status = () => tab.outbox.view.unsent[0];
  expect(status()).toMatchObject({ state: 'waiting', isLong: false });
  clock.pass(9_999);
  expect(status()).toMatchObject({ state: 'waiting', isLong: false });
  clock.pass(1);
  expect(status()).toMatchObject({ state: 'waiting', isLong: true });
  tab.outbox.connected();
  expect(status()).toMatchObject({ state: 'pending' });
});

test('a message waits for long only after ten seconds without a connection, however old it is', async () => {
  const tab = await liveTab();
  await write(tab, 'one');
  const status = () => tab.outbox.view.unsent[0];
  clock.pass(9_000);
  tab.outbox.disconnected();
  clock.pass(9_999);
  // A failed attempt to connect does not begin the time again.
  tab.outbox.disconnected();
  expect(status()).toMatchObject({ state: 'waiting', isLong: false });
  clock.pass(1);
  expect(status()).toMatchObject({ state: 'waiting', isLong: true });
  tab.outbox.connected();
  tab.outbox.disconnected();
  expect(status()).toMatchObject({ state: 'waiting', isLong: false });
});

test('a message older than an hour asks before it is sent', async () => {
  const before = await openTab();
  await write(before, 'old');
  clock.pass(HOUR_MS + 1);
  const after = await openTab(openOutboxStore());
  after.outbox.connected();
  before.outbox.connected();
  expect(after.rows()).toEqual(['old: stale']);
  expect(before.rows()).toEqual(['old: stale']);
  expect([...before.sent, ...after.sent]).toEqual([]);
  const [row] = after.outbox.view.unsent;
  after.outbox.retry(row?.id ?? '');
  expect(texts(after)).toEqual(['old']);
});

test('rate-limited messages wait as long as the server says, and continue by themselves', async () => {
  const tab = await liveTab();
  await Promise.all([write(tab, 'one'), write(tab, 'two')]);
  tab.outbox.refuse(refusal(frame(tab, 0), { code: 'rate_limited', retryAfterMs: 700 }));
  expect(tab.rows()).toEqual(['one: sending', 'two: sending']);
  clock.pass(699);
  expect(texts(tab)).toEqual(['one']);
  clock.pass(1);
  expect(texts(tab)).toEqual(['one', 'one']);
});

test('a message that another tab sent disappears from the outbox', async () => {
  const other = await openTab(openOutboxStore());
  const mine = await liveTab();
  await write(mine, 'one');
  await eventually(() => expect(other.rows()).toEqual(['one: waiting']));
  acknowledge(mine, frame(mine, 0));
  await eventually(() => expect(other.rows()).toEqual([]));
});

test('a message of another tab is sent from here only if that tab does not send it in time', async () => {
  const here = await openTab(openOutboxStore());
  here.outbox.connected();
  const gone = await openTab();
  await write(gone, 'one');
  await eventually(() => expect(here.rows()).toEqual(['one: sending']));
  clock.pass(4_999);
  expect(here.sent).toEqual([]);
  clock.pass(1);
  expect(texts(here)).toEqual(['one']);
});

test('an outbox is separate for each group and user', async () => {
  const tab = await openTab();
  await write(tab, 'one');
  expect(await store.rowsOf(ADA.id, '01990000-0000-7000-8000-000000000001')).toEqual([]);
  expect(await store.rowsOf('user_grace', GROUP_ID)).toEqual([]);
  expect(await store.count(ADA.id)).toBe(1);
  expect(await store.count('user_grace')).toBe(0);
});

test("signing out deletes this user's unsent messages, and no other user's", async () => {
  const tab = await openTab();
  await write(tab, 'one');
  const [row] = await store.rowsOf(ADA.id, GROUP_ID);
  if (!row) throw new Error('it was not stored');
  const ofGrace = { ...row, id: row.id.replace(/.$/, '0'), userId: 'user_grace' };
  await store.put(ofGrace);
  await store.forget(ADA.id);
  expect(await store.count(ADA.id)).toBe(0);
  expect(await store.rowsOf('user_grace', GROUP_ID)).toEqual([expect.objectContaining(ofGrace)]);
  await store.forget('user_grace');
});

test('unsent messages are deleted when the user is removed from the group', async () => {
  const tab = await liveTab();
  await write(tab, 'one');
  await tab.outbox.forget();
  expect(tab.rows()).toEqual([]);
  expect(await store.rowsOf(ADA.id, GROUP_ID)).toEqual([]);
});

test('an unknown stored row is ignored', async () => {
  const tab = await openTab();
  await write(tab, 'one');
  const [row] = await store.rowsOf(ADA.id, GROUP_ID);
  if (!row) throw new Error('it was not stored');
  await store.put({ ...row, id: 'not an id' });
  const after = await openTab(openOutboxStore());
  expect(after.rows()).toEqual(['one: waiting']);
});
