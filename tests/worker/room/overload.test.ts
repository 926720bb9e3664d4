import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { offer } from '../../bench/overload.ts';
import {
  connectedGroup,
  connectNewMember,
  messageFrame,
  say,
} from '../../support/connected-group.ts';
import { eventually } from '../../support/eventually.ts';
import { edgewiseOfTest } from '../../support/shared-edgewise.ts';
import type { TestSocket } from '../../support/test-socket.ts';
import { UNLIMITED_PEOPLE } from '../../support/unlimited.ts';

/** A Room that becomes hot at the product's default. */
const DEFAULT_ROOM = { ...UNLIMITED_PEOPLE, ROOM_HOT_FRAMES_PER_SECOND: '200' };
/** A Room with limits so low that a test can overload it. */
const SMALL_ROOM = { ...UNLIMITED_PEOPLE, LIMIT_ROOM_FRAMES_PER_SECOND: '20' };
/** A Room that is hot as soon as a client sends continuously. */
const HOT_ROOM = { ...UNLIMITED_PEOPLE, ROOM_HOT_FRAMES_PER_SECOND: '10' };
/** Four clients with this interval send four times the limit of the small Room. */
const FRAME_EVERY_MS = 50;

/** Sends on these sockets, ignoring errors, until one of them is closed; returns that one. */
async function flood(sockets: readonly TestSocket[]): Promise<TestSocket> {
  const gone: TestSocket[] = [];
  for (const socket of sockets) void socket.closed.then(() => gone.push(socket));
  for (;;) {
    const [first] = gone;
    if (first) return first;
    for (const socket of sockets) socket.send(messageFrame('too much'));
    await pause(FRAME_EVERY_MS);
  }
}

describe('an overloaded Room', () => {
  it('still accepts new sockets, and in the end delivers every message to everyone', async () => {
    const edgewise = await edgewiseOfTest({ vars: DEFAULT_ROOM });
    const load = { clients: 40, rate: 3_000, forMs: 5_000 };
    const result = await offer({ url: edgewise.url, ...load });
    expect(result).toMatchObject({
      offered: 15_000,
      acknowledged: 15_000,
      lost: 0,
      doubled: 0,
      differing: [],
    });
    const others = Object.keys(result.closed).filter((code) => !['4429', '4503'].includes(code));
    expect(others).toEqual([]);
    expect(result.newcomers).toBeGreaterThan(0);
  }, 600_000);

  it('first asks clients to wait, then disconnects those that keep sending, with a time to come back', async () => {
    const edgewise = await edgewiseOfTest({ vars: SMALL_ROOM });
    const ada = await edgewise.signIn('Ada');
    const grace = await edgewise.signIn('Grace');
    const { groupId, graceSocket } = await connectedGroup(ada, grace);
    const loud = await Promise.all([1, 2, 3, 4].map(() => ada.connect(groupId)));
    const gone = await flood(loud);
    expect(await gone.closed).toMatchObject({ code: 4429 });
    const errors = gone.events.filter((event) => event.type === 'error');
    expect(errors.length).toBeGreaterThan(1);
    for (const error of errors) expect(error.code).toBe('rate_limited');
    expect(errors[0]?.id).toBeDefined();
    expect(errors.at(-1)?.id).toBeUndefined();
    expect(errors.at(-1)?.retryAfterMs).toBeGreaterThanOrEqual(2_000);
    // A client that sends nothing stays connected. `sync` sends a frame, which is refused while the Room is over its limit.
    expect((await eventually(() => graceSocket.sync())).reset).toBe(true);
  });

  it('moves senders in a hot Room to in-memory sockets, which behave the same', async () => {
    const edgewise = await edgewiseOfTest({ vars: HOT_ROOM });
    const ada = await edgewise.signIn('Ada');
    const grace = await edgewise.signIn('Grace');
    const linus = await edgewise.signIn('Linus');
    const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
    const listening = await connectNewMember(linus, groupId);
    const { epoch, rev: since } = await adaSocket.sync();
    expect(await (await flood([adaSocket])).closed).toMatchObject({ code: 4503 });

    const held = await ada.connect(groupId, { since, epoch });
    expect(await held.next('thread_state')).toMatchObject({ reset: false });
    held.sendText('ping');
    expect(await held.nextText()).toBe('pong');
    // An in-memory socket stays, however much it sends. A client that starts to send is acknowledged, and then moved.
    for (let n = 0; n < 50; n += 1) await say(held, 'I go on');
    const { id } = await say(graceSocket, 'do you hear me?');
    await held.next('message', ({ message }) => message.id === id);
    expect(await graceSocket.closed).toMatchObject({ code: 4503 });
    // A client that only receives is not moved.
    await listening.next('message', ({ message }) => message.id === id);
    await listening.sync();
    held.send({ type: 'auth', token: await ada.token() });
    const { rev } = await held.sync();

    held.terminate();
    const back = await ada.connect(groupId, { since: rev, epoch });
    expect(await back.next('thread_state')).toMatchObject({ reset: false });
    await linus.api('POST', `/api/groups/${groupId}/leave`);
    expect(await listening.closed).toMatchObject({ code: 4403 });
  });
});
