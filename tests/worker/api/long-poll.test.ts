import { v7 as uuid7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import type { ClientFrame } from '../../../protocol/client-frames.ts';
import { type ErrorCode, Problem } from '../../../protocol/errors.ts';
import { POLL_FRAMES } from '../../../protocol/limits.ts';
import { EventList } from '../../../protocol/long-poll.ts';
import type { EphemeralEvent, ServerEvent } from '../../../protocol/server-events.ts';
import {
  changesAfter,
  connectedGroup,
  connectNewMember,
  messageFrame,
  say,
} from '../../support/connected-group.ts';
import { describeWarmAndEvicted, sharedEdgewise } from '../../support/shared-edgewise.ts';

const edgewise = sharedEdgewise();
// Linus polls; the others have sockets.
const {
  ada,
  grace,
  linus,
  margaret: stranger,
} = edgewise.people('Ada', 'Grace', 'Linus', 'Margaret');

/** The position of a poller. */
interface Place {
  rev: number;
  epoch: string;
}

function poll(groupId: string, { at, wait = 0, client = 'tab' }: Partial<Asked> = {}) {
  const since = at ? `&since=${at.rev}&epoch=${at.epoch}` : '';
  return linus.api('GET', `/api/groups/${groupId}/changes?client=${client}&wait=${wait}${since}`);
}
interface Asked {
  at: Place;
  /** Seconds. */
  wait: number;
  client: string;
}

/** The state and the ephemeral events after it; throws unless the poll returns a state. */
async function polled(groupId: string, asked: Partial<Asked> = {}) {
  const [state, ...moment] = (await poll(groupId, asked)).as(EventList);
  if (state?.type !== 'thread_state') throw new Error(`no state but ${JSON.stringify(state)}`);
  return { state, moment };
}

async function sendFrames(groupId: string, frames: unknown[], client = 'tab') {
  const answer = await linus.api('POST', `/api/groups/${groupId}/frames`, { client, frames });
  expect(answer.status).toBe(200);
  return answer.as(EventList);
}

/** A group of Ada and Grace with sockets, and of Linus without one. */
async function talkWithPoller() {
  const group = await connectedGroup(ada, grace);
  await linus.join(group.groupId);
  return group;
}

/** What a poll that is held returns, once Linus is waiting for changes after this position. */
async function held(groupId: string, at: Place, act: () => void): Promise<ServerEvent[]> {
  const waiting = poll(groupId, { at, wait: 25 });
  // A later request is answered before it.
  await polled(groupId, { client: 'another' });
  act();
  return (await waiting).as(EventList);
}

const momentOf = (events: ServerEvent[], type: EphemeralEvent['type']) =>
  events.filter((event) => event.type === type);

describe('a poll', () => {
  test('without a position returns the newest page at once, whatever its wait', async () => {
    const { groupId, adaSocket } = await talkWithPoller();
    const message = await say(adaSocket, 'before');
    const { state } = await polled(groupId, { wait: 25 });
    expect(state).toMatchObject({ groupId, reset: true, rev: message.rev, parentId: null });
    expect(state.messages.at(-1)).toEqual(message);
    expect(state.me.userId).toBe(linus.userId);
  });

  test('returns at once what changed since its position, and nothing else', async () => {
    const { groupId, adaSocket } = await talkWithPoller();
    const { state } = await polled(groupId);
    const message = await say(adaSocket, 'missed');
    const next = await polled(groupId, { at: state, wait: 25 });
    expect(next.state).toMatchObject({ reset: false, rev: message.rev, messages: [message] });
    expect(next.state.members).toEqual([]);
  });

  test.for(['message', 'edit_message', 'reaction', 'delete_message'] as const)(
    'is held while nothing changes, and returns as soon as something does: %s',
    async (type) => {
      const { groupId, adaSocket } = await talkWithPoller();
      const { id } = await say(adaSocket, 'before');
      const { state } = await polled(groupId);
      let answered = false;
      const waiting = polled(groupId, { at: state, wait: 25 }).finally(() => {
        answered = true;
      });
      // Two later requests are answered before it.
      await polled(groupId, { client: 'another' });
      await adaSocket.sync();
      expect(answered).toBe(false);
      const frames = {
        message: messageFrame('now'),
        edit_message: { type, id, content: 'after' },
        reaction: { type, id, emoji: '👍', op: 'add' },
        delete_message: { type, id },
      };
      adaSocket.sendText(JSON.stringify(frames[type]));
      const next = (await waiting).state;
      expect(next).toMatchObject({ reset: false, rev: state.rev + 1 });
      expect(next.messages).toHaveLength(1);
    },
  );

  test('returns 204 when nothing changed, and at once if it does not wait', async () => {
    const { groupId } = await talkWithPoller();
    const { state } = await polled(groupId);
    for (const wait of [1, 0]) {
      const answer = await poll(groupId, { at: state, wait });
      expect([answer.status, answer.body]).toEqual([204, undefined]);
    }
  });

  test.for([
    ['of another epoch', { epoch: 'another' }],
    ['above the counter', { rev: 1_000_000 }],
  ] as const)('from a position %s starts with a reset', async ([, change]) => {
    const { groupId } = await talkWithPoller();
    const { state } = await polled(groupId);
    const { rev, epoch } = state;
    const next = await polled(groupId, { at: { rev, epoch, ...change }, wait: 25 });
    expect(next.state).toMatchObject({ reset: true, rev: state.rev });
  });

  test('returns the same state after eviction, without earlier ephemeral events', async () => {
    const { groupId, adaSocket, graceSocket } = await talkWithPoller();
    const { state } = await polled(groupId);
    graceSocket.send({ type: 'thread_typing', typing: true });
    await adaSocket.next('thread_typing_update');
    const message = await say(adaSocket, 'missed');
    await edgewise.evictRoom(groupId);
    const next = await polled(groupId, { at: state, wait: 25 });
    expect(next.state.messages).toEqual([message]);
    expect(next.state.typing).toEqual([]);
    expect(next.moment).toEqual([]);
  });
});

describe('an ephemeral event', () => {
  test('follows the state once: the newest of each kind and user since the last poll', async () => {
    const { groupId, adaSocket, graceSocket } = await talkWithPoller();
    const { id: parentId } = await say(adaSocket, 'root');
    const { state } = await polled(groupId);
    graceSocket.send({ type: 'thread_typing', parentId, typing: true });
    graceSocket.send({ type: 'thread_read', seq: state.rev, mark: 0 });
    graceSocket.send({ type: 'presence', state: 'away' });
    await adaSocket.next('presence_update', ({ state: now }) => now === 'away');
    const { rev } = await say(adaSocket, 'something durable');
    const next = await polled(groupId, { at: state });
    expect(next.state.rev).toBe(rev);
    const { userId } = grace;
    expect(next.moment).toContainEqual({
      type: 'thread_typing_update',
      parentId,
      userId,
      typing: true,
    });
    expect(momentOf(next.moment, 'receipt_update')).toMatchObject([{ userId, readSeq: state.rev }]);
    expect(momentOf(next.moment, 'presence_update')).toEqual([
      { type: 'presence_update', userId, state: 'away' },
    ]);
    // The state contains the same, so that a client that starts with it needs nothing else.
    expect(next.state.presence).toContainEqual({ userId, state: 'away' });
    expect(next.state.typing).toEqual([{ userId, parentId }]);
    await say(adaSocket, 'again');
    expect((await polled(groupId, { at: next.state })).moment).toEqual([]);
  });

  test('is kept across a poll that does not wait: it returned 204', async () => {
    const { groupId, adaSocket, graceSocket } = await talkWithPoller();
    const { state } = await polled(groupId);
    graceSocket.send({ type: 'presence', state: 'away' });
    await adaSocket.next('presence_update', ({ state: now }) => now === 'away');
    expect((await poll(groupId, { at: state })).status).toBe(204);
    await say(adaSocket, 'something durable');
    const { moment } = await polled(groupId, { at: state });
    expect(momentOf(moment, 'presence_update')).toHaveLength(1);
  });

  test('reaches each client of a user separately', async () => {
    const { groupId, adaSocket, graceSocket } = await talkWithPoller();
    const { state } = await polled(groupId, { client: 'one' });
    await polled(groupId, { client: 'two' });
    graceSocket.send({ type: 'presence', state: 'away' });
    await adaSocket.next('presence_update', ({ state: now }) => now === 'away');
    await say(adaSocket, 'something durable');
    for (const [client, expected] of [
      ['one', 1],
      ['two', 1],
      ['three', 0],
    ] as const) {
      const { moment } = await polled(groupId, { at: state, client });
      expect([client, momentOf(moment, 'presence_update').length]).toEqual([client, expected]);
    }
  });

  test('shows nobody as typing after their message arrived', async () => {
    const { groupId, adaSocket, graceSocket } = await talkWithPoller();
    const { state } = await polled(groupId);
    graceSocket.send({ type: 'thread_typing', typing: true });
    await adaSocket.next('thread_typing_update');
    await say(graceSocket, 'there it is');
    const next = await polled(groupId, { at: state });
    expect(next.state.typing).toEqual([]);
    expect(momentOf(next.moment, 'thread_typing_update')).toEqual([]);
  });

  test('a poller is online to clients on sockets, and its own presence frames count', async () => {
    const { groupId, adaSocket } = await talkWithPoller();
    await polled(groupId);
    const { userId } = linus;
    const received = await adaSocket.next('presence_update', (event) => event.userId === userId);
    expect(received.state).toBe('online');
    await sendFrames(groupId, [{ type: 'presence', state: 'away' }]);
    expect(
      await adaSocket.next('presence_update', (event) => event.userId === userId),
    ).toMatchObject({
      state: 'away',
    });
    expect((await polled(groupId)).state.presence).toContainEqual({ userId, state: 'away' });
  });
});

describeWarmAndEvicted(edgewise, 'a held poll', (maybeEvict) => {
  test.for(['thread_typing_update', 'receipt_update', 'presence_update'] as const)(
    'returns with ephemeral events alone, and the next one without them: %s',
    async (type) => {
      const { groupId, graceSocket } = await talkWithPoller();
      const { state } = await polled(groupId);
      await maybeEvict(groupId);
      const frames: Record<typeof type, ClientFrame> = {
        thread_typing_update: { type: 'thread_typing', typing: true },
        receipt_update: { type: 'thread_read', seq: state.rev, mark: 0 },
        presence_update: { type: 'presence', state: 'away' },
      };
      const events = await held(groupId, state, () => graceSocket.send(frames[type]));
      const theirs = events.filter(
        (event) => event.type !== 'presence_update' || event.userId === grace.userId,
      );
      expect(theirs).toMatchObject([{ type, userId: grace.userId }]);
      expect((await poll(groupId, { at: state, wait: 1 })).status).toBe(204);
    },
  );

  test('returns no typing that ended before it could tell', async () => {
    const { groupId, adaSocket, graceSocket } = await talkWithPoller();
    const { state } = await polled(groupId);
    await maybeEvict(groupId);
    await held(groupId, state, () => graceSocket.send({ type: 'presence', state: 'away' }));
    graceSocket.send({ type: 'thread_typing', typing: true });
    const { rev } = await say(graceSocket, 'there it is');
    await adaSocket.next('message', (event) => event.rev === rev);
    const next = await polled(groupId, { at: state, wait: 25 });
    expect(next.state.rev).toBe(rev);
    expect(momentOf(next.moment, 'thread_typing_update')).toEqual([]);
  });
});

describe('a poll without access', () => {
  test('whose user is removed while it waits returns that error and nothing more', async () => {
    const { groupId, adaSocket } = await talkWithPoller();
    const { state } = await polled(groupId);
    const waiting = poll(groupId, { at: state, wait: 25 });
    await polled(groupId, { client: 'another' });
    expect((await linus.api('POST', `/api/groups/${groupId}/leave`)).status).toBe(204);
    const answer = await waiting;
    expect([answer.status, answer.as(Problem).code]).toEqual([403, 'forbidden']);
    await say(adaSocket, 'not for Linus');
    for (const refused of [
      await poll(groupId, { at: state }),
      await poll(groupId),
      await linus.api('POST', `/api/groups/${groupId}/frames`, { client: 'tab', frames: [] }),
    ]) {
      expect(refused.as(Problem).code).toBe('forbidden');
    }
  });

  test('is forbidden in a public group, and not found in a private one', async () => {
    const open = await ada.createGroup();
    const hidden = await ada.createGroup({ visibility: 'private' });
    const expected: [string, ErrorCode][] = [
      [open.id, 'forbidden'],
      [hidden.id, 'not_found'],
      [uuid7(), 'not_found'],
      ['general', 'not_found'],
    ];
    for (const [groupId, code] of expected) {
      const path = `/api/groups/${groupId}`;
      const frames = [messageFrame('hello')];
      for (const refused of [
        await stranger.api('GET', `${path}/changes?client=tab&wait=25`),
        await stranger.api('POST', `${path}/frames`, { client: 'tab', frames }),
      ]) {
        expect(refused.as(Problem).code).toBe(code);
      }
    }
  });
});

describe('an invalid request', () => {
  test.for([
    ['client', ''],
    ['client', 'client='],
    ['client', 'client=my+tab'],
    ['since', 'client=tab&since=soon'],
    ['since', 'client=tab&since=-1'],
    ['epoch', 'client=tab&epoch='],
    ['wait', 'client=tab&wait=26'],
    ['wait', 'client=tab&wait=long'],
    ['wait', 'client=tab&wait='],
  ] as const)('is invalid, naming %s, in a poll: %s', async ([field, query]) => {
    const refused = await ada.api('GET', `/api/groups/${uuid7()}/changes?${query}`);
    expect(refused.status).toBe(422);
    expect(Object.keys(refused.as(Problem).fields ?? {})).toEqual([field]);
  });

  test.for([
    ['client', { frames: [] }],
    ['client', { client: 'my tab', frames: [] }],
    ['frames', { client: 'tab' }],
    ['frames', { client: 'tab', frames: {} }],
    ['frames', { client: 'tab', frames: Array.from({ length: POLL_FRAMES + 1 }, () => ({})) }],
  ] as const)('is invalid, naming %s, in a body', async ([field, body]) => {
    const refused = await ada.api('POST', `/api/groups/${uuid7()}/frames`, body);
    expect(refused.status).toBe(422);
    expect(Object.keys(refused.as(Problem).fields ?? {})).toEqual([field]);
  });
});

describe('frames', () => {
  test('a thread is opened without what a poller holds, with whom it may lack, and the next poll brings them', async () => {
    const { groupId, adaSocket } = await talkWithPoller();
    const root = await say(adaSocket, 'root');
    const { state } = await polled(groupId);
    const strangerSocket = await connectNewMember(stranger, groupId);
    const reply = await say(strangerSocket, 'reply', { parentId: root.id });
    const holds = { since: state.rev, epoch: state.epoch };
    const frame = { type: 'thread_sync', parentId: root.id, holds };
    const [thread] = await sendFrames(groupId, [frame]);
    expect(thread).toMatchObject({
      ...{ type: 'thread_state', partial: true, members: [], receipts: [], presence: [] },
      messages: [{ id: root.id }, { id: reply.id }],
      users: [{ id: stranger.userId }],
    });
    const next = await polled(groupId, { at: state });
    expect(next.state.members.map(({ userId }) => userId)).toEqual([stranger.userId]);
    const [later] = await sendFrames(groupId, [
      { ...frame, holds: { since: next.state.rev, epoch: state.epoch } },
    ]);
    expect(later).toMatchObject({ partial: true, users: [] });
  });

  test('are answered in order with what they changed, and every socket receives the same', async () => {
    const { groupId, adaSocket, graceSocket } = await talkWithPoller();
    const { rev } = await adaSocket.sync();
    const [first, second] = [messageFrame('first'), messageFrame('second')];
    const settled = await sendFrames(groupId, [
      first,
      second,
      { type: 'edit_message', id: first.id, content: 'first of all' },
      { type: 'reaction', id: second.id, emoji: '👍', op: 'add' },
      { type: 'reaction', id: second.id, emoji: '👍', op: 'add' },
      { type: 'delete_message', id: second.id },
    ]);
    expect(settled).toMatchObject([
      { type: 'message', rev: rev + 1, message: { id: first.id, userId: linus.userId } },
      { type: 'message', rev: rev + 2, message: { id: second.id } },
      { type: 'message_update', rev: rev + 3, message: { content: 'first of all' } },
      { type: 'reaction_update', rev: rev + 4, id: second.id, op: 'add', count: 1 },
      { type: 'message_delete', rev: rev + 5, id: second.id },
    ]);
    await adaSocket.sync();
    await graceSocket.sync();
    expect(changesAfter(adaSocket, rev)).toEqual(settled);
    expect(changesAfter(graceSocket, rev)).toEqual(settled);
  });

  test('with a repeated id return the existing message', async () => {
    const { groupId, graceSocket } = await talkWithPoller();
    const frame = messageFrame('once');
    const [first] = await sendFrames(groupId, [frame]);
    const again = await sendFrames(groupId, [{ ...frame, content: 'twice' }]);
    expect(again).toEqual([{ ...first, repeat: true }]);
    await graceSocket.next('message', ({ message }) => message.id === frame.id);
    await graceSocket.sync();
    const received = graceSocket.events.filter(
      (event) => event.type === 'message' && event.message.id === frame.id,
    );
    expect(received).toHaveLength(1);
  });

  test('that fail return an error each, and do not block those behind them', async () => {
    const { groupId, adaSocket } = await talkWithPoller();
    const theirs = await say(adaSocket, 'mine');
    const good = messageFrame('good');
    const settled = await sendFrames(groupId, [
      'hello',
      { type: 'shout', ref: 'unknown' },
      messageFrame('  ', { ref: 'empty' }),
      { type: 'edit_message', id: theirs.id, content: 'yours', ref: 'not mine' },
      { type: 'thread_sync', parentId: uuid7(), ref: 'no thread' },
      good,
    ]);
    expect(settled).toMatchObject([
      { type: 'error', code: 'invalid' },
      { type: 'error', code: 'invalid', ref: 'unknown' },
      { type: 'error', code: 'invalid', ref: 'empty', message: expect.stringContaining('content') },
      { type: 'error', code: 'forbidden', ref: 'not mine', id: theirs.id },
      { type: 'error', code: 'not_found', ref: 'no thread' },
      { type: 'message', message: { id: good.id } },
    ]);
  });

  test('that request a state receive it, of the group or of a thread', async () => {
    const { groupId, adaSocket } = await talkWithPoller();
    const root = await say(adaSocket, 'root');
    const reply = await say(adaSocket, 'reply', { parentId: root.id });
    const settled = await sendFrames(groupId, [
      { type: 'thread_sync' },
      { type: 'thread_sync', parentId: root.id },
    ]);
    expect(settled).toMatchObject([
      { type: 'thread_state', parentId: null, rev: reply.rev },
      { type: 'thread_state', parentId: root.id, messages: [{ id: root.id }, reply] },
    ]);
  });

  test('that are ephemeral reach sockets', async () => {
    const { groupId, adaSocket } = await talkWithPoller();
    const { seq } = await say(adaSocket, 'read this');
    expect(
      await sendFrames(groupId, [
        { type: 'thread_typing', typing: true },
        { type: 'thread_read', seq, mark: 0 },
      ]),
    ).toEqual([]);
    const { userId } = linus;
    expect(await adaSocket.next('thread_typing_update')).toMatchObject({ userId, typing: true });
    expect(await adaSocket.next('receipt_update')).toMatchObject({ userId, readSeq: seq });
  });

  test('over the rate limit each return a time to wait, and lose nothing', async () => {
    const { groupId } = await talkWithPoller();
    const frames = Array.from({ length: POLL_FRAMES }, (_, n) => messageFrame(`number ${n}`));
    const settled = await sendFrames(groupId, frames);
    expect(settled).toHaveLength(POLL_FRAMES);
    const refused = settled.flatMap((event) => (event.type === 'error' ? [event] : []));
    expect(refused.length).toBeGreaterThan(POLL_FRAMES / 2);
    for (const error of refused) {
      expect(error.code).toBe('rate_limited');
      expect(error.retryAfterMs).toBeGreaterThan(0);
    }
    const answered = settled.map((event) => (event.type === 'message' ? event.message.id : ''));
    const ids = [...answered.filter((id) => id !== ''), ...refused.map(({ id }) => id)];
    expect(ids).toEqual(frames.map(({ id }) => id));
  });

  test('work the same after eviction', async () => {
    const { groupId, adaSocket } = await talkWithPoller();
    await edgewise.evictRoom(groupId);
    const frame = messageFrame('good morning');
    const settled = await sendFrames(groupId, [frame]);
    expect(await adaSocket.next('message', ({ message }) => message.id === frame.id)).toEqual(
      settled[0],
    );
  });
});

test('a user with a socket and a poll receives events on both, and counts once', async () => {
  const { groupId, adaSocket } = await talkWithPoller();
  const { state } = await polled(groupId);
  const socket = await connectNewMember(linus, groupId);
  const message = await say(adaSocket, 'hello');
  await socket.next('message', ({ message: received }) => received.id === message.id);
  const next = await polled(groupId, { at: state });
  expect(next.state.messages).toEqual([message]);
  expect(next.state.presence.filter(({ userId }) => userId === linus.userId)).toHaveLength(1);
});
