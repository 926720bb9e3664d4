import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Message } from '../../../protocol/models.ts';
import type { ErrorEvent } from '../../../protocol/server-events.ts';
import type { NewChange } from '../../../web/realtime/cache/outbox-row.ts';
import { Outbox, type OutboxParts } from '../../../web/realtime/outbox/outbox.ts';
import { shows } from '../../../web/realtime/outbox/settles.ts';
import { openOutboxStore } from '../../../web/realtime/outbox/store.ts';
import type { RowEvent } from '../../../web/realtime/replica/message-window.ts';
import { eventually } from '../../support/eventually.ts';
import { ADA, GROUP_ID, messageAt } from '../../support/group-events.ts';
import { type ManualClock, manualClock } from '../../support/manual-clock.ts';

const HOUR_MS = 60 * 60_000;

/** A tab with the group open, which has one message of mine. A killed tab leaves exactly what it had stored. */
interface Tab {
  outbox: Outbox;
  /** The sent frames, as short text. */
  sent: string[];
  /** The sent frames. */
  frames: Parameters<OutboxParts['transmit']>[0][];
  looked: string[];
  /** The message in the replica. */
  held: Message | undefined;
  /** The pending changes of the message, with their state. */
  changes(): string[];
}

const MESSAGE = messageAt(1, { userId: ADA.id, content: 'helo' });
const { id: messageId } = MESSAGE;
let clock: ManualClock;
const store = openOutboxStore();
const opened: Outbox[] = [];

async function liveTab(held: Message | undefined = MESSAGE): Promise<Tab> {
  const tab: Tab = {
    outbox: new Outbox({
      userId: ADA.id,
      groupId: GROUP_ID,
      store: openOutboxStore(),
      clock,
      transmit(frame) {
        tab.frames.push(frame);
        tab.sent.push(textOf(frame));
      },
      isShown: (change) => tab.held !== undefined && shows(tab.held, change),
      check: (id) => tab.looked.push(id),
      changed: () => undefined,
      upload: () => undefined,
      answerLate: () => undefined,
    }),
    sent: [],
    frames: [],
    looked: [],
    held,
    changes: () =>
      [...tab.outbox.view.changes.values()]
        .flat()
        .map(({ row, failure }) => `${row.type}: ${failure?.code ?? 'sending'}`),
  };
  opened.push(tab.outbox);
  await tab.outbox.open();
  tab.outbox.connected();
  return tab;
}

function textOf(frame: Parameters<OutboxParts['transmit']>[0]): string {
  if (frame.type === 'reaction') return `${frame.op} ${frame.emoji}`;
  return 'content' in frame ? `${frame.type} ${frame.content}` : frame.type;
}

const edit = (content: string): NewChange => ({ type: 'edit', messageId, content });
const remove: NewChange = { type: 'delete', messageId };
const react = (op: 'add' | 'remove'): NewChange => ({
  type: 'reaction',
  messageId,
  emoji: '👍',
  op,
});

/** Makes a change and waits until it is stored, and sent unless another is pending. */
async function want(tab: Tab, wish: NewChange): Promise<void> {
  tab.outbox.change(wish);
  await eventually(async () => {
    const rows = await store.rowsOf(ADA.id, GROUP_ID);
    expect(rows).toHaveLength(tab.changes().length + tab.outbox.view.unsent.length);
  });
}

/** The server returns the message as it is now. */
function tell(tab: Tab, change: Partial<Message>): void {
  const message = { ...(tab.held ?? MESSAGE), ...change };
  tab.held = message;
  tab.outbox.settle({ type: 'message_update', rev: message.rev, message });
}

/** The server refuses the `n`th frame. */
function refuse(tab: Tab, n: number, code: ErrorEvent['code']): void {
  const ref = tab.frames[n]?.ref;
  tab.outbox.refuse({ type: 'error', code, message: 'No.', ...(ref && { ref }) });
}

beforeEach(() => {
  clock = manualClock();
});

afterEach(async () => {
  for (const outbox of opened.splice(0)) outbox.close();
  await store.forget(ADA.id);
});

test('a change shows at once, is sent once stored, and is done when the message has it', async () => {
  const tab = await liveTab();
  tab.outbox.change(edit('hello'));
  expect(tab.changes()).toEqual(['edit: sending']);
  expect(tab.sent).toEqual([]);
  await eventually(() => expect(tab.sent).toEqual(['edit_message hello']));
  tell(tab, { content: 'hello', rev: 2 });
  expect(tab.changes()).toEqual([]);
});

/** The event of the first reaction to the message. */
const reactionBy = (userId: string): RowEvent => ({
  type: 'reaction_update',
  rev: 3,
  id: messageId,
  seq: 1,
  emoji: '👍',
  userId,
  op: 'add',
  count: 1,
});

test('changes are sent one at a time, in order with messages', async () => {
  const tab = await liveTab();
  await tab.outbox.add({ type: 'message', content: 'first' });
  await want(tab, react('add'));
  tab.outbox.change(edit('hello'));
  expect(tab.sent).toEqual(['message first']);
  const [message] = tab.frames;
  if (message?.type !== 'message') throw new Error('the message was not sent');
  tab.outbox.settle({ type: 'row', message: messageAt(2, { id: message.id }) });
  expect(tab.sent).toEqual(['message first', 'add 👍']);
  tab.outbox.settle(reactionBy(ADA.id));
  await eventually(() => expect(tab.sent.at(-1)).toBe('edit_message hello'));
});

test("another user's reaction does not settle mine", async () => {
  const tab = await liveTab();
  await want(tab, react('add'));
  tab.outbox.settle(reactionBy('user_grace'));
  expect(tab.changes()).toEqual(['reaction: sending']);
});

test('a tab that is killed leaves its changes to the next tab', async () => {
  await want(await liveTab(), edit('hello'));
  const after = await liveTab();
  expect(after.changes()).toEqual(['edit: sending']);
  expect(after.sent).toEqual(['edit_message hello']);
});

test('a change that was done before a crash is gone after it', async () => {
  const before = await liveTab();
  await want(before, edit('hello'));
  tell(before, { content: 'hello', rev: 2 });
  const after = await liveTab();
  expect(after.changes()).toEqual([]);
});

test('a change that has become void is not sent', async () => {
  const tab = await liveTab();
  tab.outbox.change(edit('helo'));
  tab.outbox.change(react('remove'));
  expect(tab.changes()).toEqual([]);
});

test('of pending changes only the last is sent, and none if they cancel out', async () => {
  const tab = await liveTab();
  tab.outbox.disconnected();
  await want(tab, edit('one'));
  await want(tab, edit('two'));
  await want(tab, react('add'));
  await want(tab, react('remove'));
  expect(tab.changes()).toEqual(['edit: sending']);
  tab.outbox.connected();
  expect(tab.sent).toEqual(['edit_message two']);
});

test('undoing a change that was sent on a lost connection is sent, because it may have arrived', async () => {
  const tab = await liveTab();
  await want(tab, react('add'));
  tab.outbox.disconnected();
  await want(tab, react('remove'));
  expect(tab.changes()).toEqual(['reaction: sending']);
  tab.outbox.connected();
  expect(tab.sent).toEqual(['add 👍', 'remove 👍']);
});

test('a deletion replaces all pending changes', async () => {
  const tab = await liveTab();
  tab.outbox.disconnected();
  await want(tab, edit('one'));
  await want(tab, react('add'));
  await want(tab, remove);
  tab.outbox.connected();
  expect(tab.sent).toEqual(['delete_message']);
});

test('a later change of the same kind waits for the one that is pending', async () => {
  const tab = await liveTab();
  await want(tab, edit('one'));
  await want(tab, edit('helo'));
  tell(tab, { pinnedAt: 5, rev: 2 });
  expect(tab.changes()).toEqual(['edit: sending', 'edit: sending']);
  tell(tab, { content: 'one', rev: 3 });
  expect(tab.sent).toEqual(['edit_message one', 'edit_message helo']);
  tell(tab, { content: 'helo', rev: 4 });
  expect(tab.changes()).toEqual([]);
});

test('a change without an acknowledgement fetches the message', async () => {
  const tab = await liveTab();
  await want(tab, react('add'));
  clock.pass(999);
  expect(tab.looked).toEqual([]);
  clock.pass(1);
  expect(tab.looked).toEqual([messageId]);
  tab.outbox.settle({
    type: 'row',
    message: { ...MESSAGE, reactions: [{ emoji: '👍', count: 1, userIds: [ADA.id] }] },
  });
  expect(tab.changes()).toEqual([]);
});

test('pending changes of a deleted message are dropped', async () => {
  const tab = await liveTab();
  await want(tab, edit('one'));
  await want(tab, react('add'));
  tab.outbox.gone(messageId);
  expect(tab.changes()).toEqual([]);
  await want(tab, remove);
  refuse(tab, tab.frames.length - 1, 'not_found');
  expect(tab.changes()).toEqual([]);
});

test('a deletion by another user drops my changes', async () => {
  const tab = await liveTab();
  await want(tab, edit('one'));
  tab.outbox.settle({ type: 'message_delete', rev: 2, id: messageId, seq: 1, deletedAt: 5 });
  expect(tab.changes()).toEqual([]);
});

test('a refused change has its reason, also after a reload, and can be retried or dropped', async () => {
  const before = await liveTab();
  await want(before, edit('one'));
  refuse(before, 0, 'archived');
  expect(before.changes()).toEqual(['edit: archived']);
  const after = await liveTab();
  expect(after.changes()).toEqual(['edit: archived']);
  after.outbox.retryChanges(messageId);
  expect(after.sent).toEqual(['edit_message one']);
  refuse(after, 0, 'archived');
  after.outbox.dropChanges(messageId);
  expect(after.changes()).toEqual([]);
});

test('a refused change that a later one replaced is not reported', async () => {
  const tab = await liveTab();
  await want(tab, edit('one'));
  await want(tab, edit('two'));
  refuse(tab, 0, 'rate_limited');
  clock.pass(2_000);
  expect(tab.sent).toEqual(['edit_message one', 'edit_message one']);
  refuse(tab, 1, 'archived');
  expect(tab.sent.at(-1)).toBe('edit_message two');
  expect(tab.changes()).toEqual(['edit: sending']);
});

test('after an hour a change asks first, but a deletion does not', async () => {
  const before = await liveTab();
  before.outbox.disconnected();
  await want(before, edit('old'));
  clock.pass(HOUR_MS + 1);
  before.outbox.connected();
  expect(before.changes()).toEqual(['edit: unavailable']);
  before.outbox.disconnected();
  await want(before, remove);
  clock.pass(HOUR_MS + 1);
  before.outbox.connected();
  expect(before.sent).toEqual(['delete_message']);
});

test('discarding a message that may have arrived also deletes it on the server', async () => {
  const tab = await liveTab();
  await tab.outbox.add({ type: 'message', content: 'one' });
  refuse(tab, 0, 'archived');
  const [row] = tab.outbox.view.unsent;
  expect(tab.outbox.discard(row?.id ?? '')).toBe('one');
  await eventually(() => expect(tab.sent).toEqual(['message one', 'delete_message']));
  expect(tab.frames[1]).toMatchObject({ id: row?.id });
});

test('discarding a message that was never sent deletes nothing on the server', async () => {
  const tab = await liveTab();
  tab.outbox.disconnected();
  await tab.outbox.add({ type: 'message', content: 'one' });
  tab.outbox.discard(tab.outbox.view.unsent[0]?.id ?? '');
  expect(tab.changes()).toEqual([]);
});
