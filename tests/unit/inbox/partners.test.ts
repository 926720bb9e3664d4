import { beforeEach, expect, test } from 'vitest';
import { PRESENCES_IN_LIST } from '../../../protocol/limits.ts';
import type { PresenceState } from '../../../protocol/models.ts';
import type { InboxRpc } from '../../../worker/inbox/inbox-rpc.ts';
import { ASK_PARTNERS_EVERY_MS, Partners, WATCHED_MS } from '../../../worker/inbox/partners.ts';

let now: number;
let calls: string[];
/** Whose Inbox cannot be reached. */
let unreachable: Set<string>;
let users: Map<string, TestUser>;

/** A user, and the Inbox part that is tested. */
class TestUser {
  readonly id: string;
  state: PresenceState = 'offline';
  readonly partnerIds: string[] = [];
  readonly shown = new Map<string, PresenceState | undefined>();
  partners: Partners;

  constructor(id: string) {
    this.id = id;
    this.partners = this.#wake();
    users.set(id, this);
  }

  evict(): void {
    this.partners = this.#wake();
  }

  async connect(): Promise<void> {
    this.state = 'online';
    await Promise.all([this.partners.connected(), this.partners.tell()]);
  }

  async become(state: PresenceState): Promise<void> {
    this.state = state;
    const told = this.partners.tell();
    if (state === 'offline') this.partners.rest();
    await told;
  }

  #wake(): Partners {
    return new Partners({
      clock: () => now,
      userId: this.id,
      ids: () => this.partnerIds.slice(0, PRESENCES_IN_LIST),
      inboxOf: (userId) => reach(this.id, userId),
      state: () => this.state,
      isListening: () => this.state !== 'offline',
      heard: (userId, state) => this.shown.set(userId, state),
    });
  }
}

function reach(from: string, to: string): Pick<InboxRpc, 'watch' | 'hear'> {
  const call = async <T>(what: string, run: (partners: Partners) => T): Promise<T> => {
    calls.push(`${from} ${what} ${to}`);
    await Promise.resolve();
    const user = users.get(to);
    if (!user || unreachable.has(to)) throw new Error(`${to} does not answer`);
    return run(user.partners);
  };
  return {
    watch: (userId, state) => call('asks', (partners) => partners.watched(userId, state)),
    hear: (userId, state) =>
      call('tells', (partners) => ({ isListening: partners.hears(userId, state) })),
  };
}

function pair(): { ada: TestUser; grace: TestUser } {
  const [ada, grace] = [new TestUser('ada'), new TestUser('grace')];
  ada.partnerIds.push('grace');
  grace.partnerIds.push('ada');
  return { ada, grace };
}

beforeEach(() => {
  now = 1_000_000_000;
  calls = [];
  unreachable = new Set();
  users = new Map();
});

test('two who come one after the other know of each other after one call of each', async () => {
  const { ada, grace } = pair();
  await ada.connect();
  expect(ada.shown.get('grace')).toBe('offline');
  await grace.connect();
  expect(grace.shown.get('ada')).toBe('online');
  expect(ada.shown.get('grace')).toBe('online');
  expect(calls).toEqual(['ada asks grace', 'grace asks ada']);
});

test('changes are told to those who listen, and to nobody else', async () => {
  const { ada, grace } = pair();
  await ada.connect();
  calls = [];
  await ada.become('away');
  expect(calls).toEqual([]);
  await grace.connect();
  expect(grace.shown.get('ada')).toBe('away');
  calls = [];
  await ada.become('dnd');
  expect(grace.shown.get('ada')).toBe('dnd');
  await ada.become('offline');
  expect(grace.shown.get('ada')).toBe('offline');
  expect(calls).toEqual(['ada tells grace', 'ada tells grace']);
  calls = [];
  await grace.become('away');
  await grace.become('online');
  // The first answer said that nobody listens.
  expect(calls).toEqual(['grace tells ada']);
});

test('an eviction of the one who changes loses nobody', async () => {
  const { ada, grace } = pair();
  await ada.connect();
  await grace.connect();
  grace.evict();
  await grace.become('away');
  expect(ada.shown.get('grace')).toBe('away');
});

test('an eviction of the one who listens heals with the next client, or when the leases are renewed', async () => {
  const { ada, grace } = pair();
  await grace.connect();
  await ada.connect();
  ada.evict();
  expect(ada.partners.stateOf('grace')).toBeUndefined();
  await ada.partners.connected();
  expect(ada.partners.stateOf('grace')).toBe('online');
  ada.evict();
  await ada.partners.renew();
  expect(ada.partners.stateOf('grace')).toBe('online');
});

test('a second client asks nobody, unless the last time was long ago', async () => {
  const { ada, grace } = pair();
  await grace.connect();
  await ada.connect();
  calls = [];
  await ada.partners.connected();
  expect(calls).toEqual([]);
  now += ASK_PARTNERS_EVERY_MS;
  await ada.partners.connected();
  expect(calls).toEqual(['ada asks grace']);
});

test('who was away for a while asks again, because nobody told them anything', async () => {
  const { ada, grace } = pair();
  await grace.connect();
  await ada.connect();
  await ada.become('offline');
  await grace.become('away');
  await ada.connect();
  expect(ada.shown.get('grace')).toBe('away');
});

test('40 people are asked, and of the 41st nothing is shown', async () => {
  const ada = new TestUser('ada');
  for (let n = 0; n <= PRESENCES_IN_LIST; n += 1) {
    const { id, partnerIds } = new TestUser(`user ${n}`);
    partnerIds.push('ada');
    ada.partnerIds.push(id);
  }
  await ada.connect();
  expect(calls).toHaveLength(PRESENCES_IN_LIST);
  const last = users.get(`user ${PRESENCES_IN_LIST}`);
  await last?.connect();
  expect(last?.shown.get('ada')).toBe('online');
  expect(ada.shown.has(`user ${PRESENCES_IN_LIST}`)).toBe(false);
  // They asked, so they are notified all the same.
  await ada.become('away');
  expect(last?.shown.get('ada')).toBe('away');
});

test('a client that stays open asks again with the first renewal of its lease after half an hour', async () => {
  const { ada, grace } = pair();
  await grace.connect();
  await ada.connect();
  const openedAt = now;
  const asked: number[] = [];
  for (let minute = 8; minute <= 96; minute += 8) {
    const heardAt = now;
    now = openedAt + minute * 60_000;
    // Nothing is remembered from one renewal to the next.
    ada.evict();
    calls = [];
    await ada.partners.stillOpen(openedAt, heardAt);
    if (calls.length > 0) asked.push(minute);
  }
  expect(asked).toEqual([32, 64, 96]);
});

test('a lease that is not renewed ends', async () => {
  const ada = new TestUser('ada');
  const fan = new TestUser('fan');
  fan.partnerIds.push('ada');
  await ada.connect();
  await fan.connect();
  calls = [];
  now += WATCHED_MS - 1;
  await ada.become('away');
  now += 1;
  await ada.become('online');
  expect(calls).toEqual(['ada tells fan']);
});

test('someone who falls behind the 40 most recent ones has no presence any more', async () => {
  const { ada, grace } = pair();
  await grace.connect();
  await ada.connect();
  ada.partnerIds.length = 0;
  await ada.partners.renew();
  expect(ada.shown.get('grace')).toBeUndefined();
  expect(ada.partners.stateOf('grace')).toBeUndefined();
});

test('of someone whose Inbox cannot be asked nothing is shown, until it can', async () => {
  const { ada, grace } = pair();
  await grace.connect();
  await ada.connect();
  unreachable.add('grace');
  await ada.partners.renew();
  expect(ada.shown.get('grace')).toBeUndefined();
  unreachable.clear();
  await ada.partners.renew();
  expect(ada.shown.get('grace')).toBe('online');
});

test('a new direct group makes a partner', async () => {
  const [ada, grace] = [new TestUser('ada'), new TestUser('grace')];
  await ada.connect();
  await grace.connect();
  expect(calls).toEqual([]);
  ada.partnerIds.push('grace');
  grace.partnerIds.push('ada');
  ada.partners.met('grace');
  grace.partners.met('ada');
  await expect
    .poll(() => [ada.shown.get('grace'), grace.shown.get('ada')])
    .toEqual(['online', 'online']);
  ada.partners.met('grace');
  expect(calls).toEqual(['ada asks grace', 'grace asks ada']);
});

test('with nobody there, nobody is called', async () => {
  const { ada } = pair();
  ada.partners.met('grace');
  ada.partners.watched('grace', 'offline');
  expect(calls).toEqual([]);
});

test('a change while one is being told is told after it', async () => {
  const { ada, grace } = pair();
  await ada.connect();
  await grace.connect();
  calls = [];
  const first = ada.become('away');
  const second = ada.become('dnd');
  await ada.become('online');
  await Promise.all([first, second]);
  expect(grace.shown.get('ada')).toBe('online');
  expect(calls).toHaveLength(2);
});
