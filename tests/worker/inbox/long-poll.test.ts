import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { InboxEventList } from '../../../protocol/long-poll.ts';
import type { InboxEntry } from '../../../protocol/rest.ts';
import { applyToGroups } from '../../../web/realtime/inbox/apply-to-groups.ts';
import { openInbox } from '../../../web/realtime/inbox/open-inbox.ts';
import { BlockedSocket } from '../../support/blocked-socket.ts';
import { enterDirectory } from '../../support/directory-people.ts';
import { eventually } from '../../support/eventually.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { fetchFrom } from '../../support/open-page.ts';
import type { Person } from '../../support/person.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';

const edgewise = sharedEdgewise();
const { ada, grace, linus } = edgewise.people('Ada', 'Grace', 'Linus');

beforeAll(() => enterDirectory([ada, grace, linus]));

/** A client without a socket, which polls as a page does. */
class PollingClient {
  readonly #person: Person;
  readonly #name = crypto.randomUUID();
  #n = 0;
  #epoch = '';

  constructor(person: Person) {
    this.#person = person;
  }

  /** Polls once; returns the types of what came, in order. Throws if an event was lost. */
  async poll(waitS = 0) {
    const position = this.#epoch === '' ? '' : `&since=${this.#n}&epoch=${this.#epoch}`;
    const path = `/api/inbox/changes?client=${this.#name}&wait=${waitS}${position}`;
    const answer = await this.#person.api('GET', path);
    if (answer.status === 204) return [];
    if (answer.status !== 200) throw new Error(`refused with ${answer.status}`);
    const events = answer.as(InboxEventList);
    const numbers = events.map(({ n }) => n ?? 0);
    expect(numbers).toEqual(numbers.map((_, at) => (numbers[0] ?? 0) + at));
    const [first] = events;
    if (first?.type === 'inbox_state') this.#epoch = first.epoch ?? '';
    else if (this.#n + 1 !== numbers[0]) throw new Error('an event was lost');
    this.#n = numbers.at(-1) ?? 0;
    return events;
  }

  async send(frames: readonly unknown[]) {
    const answer = await this.#person.api('POST', '/api/inbox/frames', {
      client: this.#name,
      frames,
    });
    return answer.as(InboxEventList);
  }
}

const typesOf = (events: readonly { type: string }[]) => events.map(({ type }) => type);

describe.for([
  ['warm', false],
  ['after eviction', true],
] as const)('a poll of the Inbox, %s,', ([, isEvicted]) => {
  const maybeEvict = (person: Person) =>
    isEvicted ? edgewise.evictInbox(person.userId) : undefined;

  test('is answered with the state first, and then with what is new as soon as it is there', async () => {
    const group = await ada.createGroup({ memberIds: [grace.userId], visibility: 'private' });
    const client = new PollingClient(grace);
    expect(typesOf(await client.poll())).toEqual(['inbox_state', 'presence_update']);
    await maybeEvict(grace);
    const isWaiting = client.poll(20);
    const startedAt = Date.now();
    // An evicted Inbox knows no position: the state comes at once, and the next poll waits.
    const waiting = isEvicted ? isWaiting.then(() => client.poll(20)) : isWaiting;
    await pause(200);
    await ada.post(group.id, `<@${grace.userId}> look`);
    const events = await waiting;
    expect(Date.now() - startedAt).toBeLessThan(15_000);
    const updates = events.flatMap((event) => (event.type === 'inbox_update' ? event.entry : []));
    expect(updates).toContainEqual(
      expect.objectContaining({ groupId: group.id, unread: 1, mentions: 1 }),
    );
  });

  test('reports presence, which is online while it polls', async () => {
    // Someone of whom no client of an earlier test counts as present.
    const hedy = await edgewise.signIn(isEvicted ? 'Hedy' : 'Mary');
    await enterDirectory([hedy]);
    const direct = await ada.createDirect([hedy]);
    await ada.post(direct.id, 'hello');
    const adas = await ada.connectInbox();
    await adas.next('inbox_state');
    const client = new PollingClient(hedy);
    await client.poll();
    await maybeEvict(hedy);
    await client.poll();
    for (const state of ['away', 'online']) {
      expect(await client.send([{ type: 'presence', state }])).toEqual([]);
      await adas.next(
        'presence_update',
        (event) => event.userId === hedy.userId && event.state === state,
      );
    }
    await adas.close();
  });
});

test.each([
  { sent: { type: 'presence', state: 'asleep' }, code: 'invalid' },
  { sent: { type: 'fireworks' }, code: 'invalid' },
  { sent: 'text', code: 'invalid' },
  { sent: { type: 'auth', token: 'needless' }, code: undefined },
])('the frame $sent is answered with $code', async ({ sent, code }) => {
  const client = new PollingClient(linus);
  await client.poll();
  const errors = await client.send([sent]);
  expect(errors.map((event) => event.type === 'error' && event.code)).toEqual(code ? [code] : []);
});

test('a page whose WebSockets are blocked shows what is new in the groups', async () => {
  vi.stubGlobal('WebSocket', BlockedSocket);
  vi.stubGlobal('fetch', fetchFrom(edgewise.origin));
  onTestFinished(() => void vi.unstubAllGlobals());
  const clock = manualClock();
  const group = await ada.createGroup({ memberIds: [linus.userId], visibility: 'private' });
  let groups: readonly InboxEntry[] = [];
  let isLive = false;
  const signOut = async () => undefined;
  const close = openInbox({
    session: { state: 'signed-in', userId: linus.userId, getToken: () => linus.token(), signOut },
    origin: edgewise.origin,
    clock,
    wake: { isOnline: () => true, watch: () => () => undefined },
    usage: { watch: () => () => undefined },
    received: (events) => {
      groups = events.reduce(applyToGroups, groups);
    },
    changed: (live) => {
      isLive = live;
    },
  });
  onTestFinished(close);
  await eventually(() => {
    // Each check moves the clock past the wait between two attempts.
    clock.pass(2_000);
    expect(isLive).toBe(true);
  });
  await ada.post(group.id, 'hello');
  await eventually(() =>
    expect(groups.find((entry) => entry.group.id === group.id)).toMatchObject({ unread: 1 }),
  );
});
