import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { OFFLINE_AFTER_MS } from '../../../protocol/limits.ts';
import type { PresentState } from '../../../protocol/models.ts';
import { Presence } from '../../../worker/inbox/presence.ts';

let clients: PresentState[];
let mayBeDisturbed: boolean;
let published: string[];
let presence: Presence;

/** The presence of an Inbox; called again, after an eviction. */
function wake(leavesAt?: number, quietUntil?: number): void {
  presence = new Presence(
    {
      clock: () => Date.now(),
      clients: () => clients,
      mayBeDisturbed: () => mayBeDisturbed,
      publish: (state) => published.push(state),
    },
    { leavesAt, quietUntil },
  );
}

/** Moves the clock, and looks again at the end of it. */
function pass(ms: number): void {
  vi.advanceTimersByTime(ms);
  presence.changed();
}

function become(...states: PresentState[]): void {
  clients = states;
  presence.changed();
}

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  clients = [];
  mayBeDisturbed = true;
  published = [];
  wake();
});

afterEach(() => {
  vi.useRealTimers();
});

test('is that of the most active client', () => {
  become('away');
  pass(1_000);
  become('away', 'online');
  pass(1_000);
  become('away', 'away');
  expect(published).toEqual(['away', 'online', 'away']);
});

test('is do-not-disturb while a client is open, active or not', () => {
  mayBeDisturbed = false;
  become('away');
  pass(1_000);
  mayBeDisturbed = true;
  presence.changed();
  expect(published).toEqual(['dnd', 'away']);
});

test('is offline 10 s after the last client, and no reload shows', () => {
  become('away');
  clients = [];
  presence.left();
  expect(presence.state()).toBe('away');
  pass(OFFLINE_AFTER_MS - 1);
  become('away');
  pass(OFFLINE_AFTER_MS);
  expect(published).toEqual(['away']);
  expect(presence.leavesAt()).toBeUndefined();
  clients = [];
  presence.left();
  expect(presence.leavesAt()).toBe(Date.now() + OFFLINE_AFTER_MS);
  pass(OFFLINE_AFTER_MS);
  expect(published).toEqual(['away', 'offline']);
});

test('is published at most once a second, whatever happens, and ends right', () => {
  for (let n = 0; n < 101; n += 1) {
    become(n % 2 === 0 ? 'online' : 'away');
    vi.advanceTimersByTime(20);
  }
  vi.advanceTimersByTime(1_000);
  expect(published.length).toBeLessThanOrEqual(4);
  expect(published.at(-1)).toBe('online');
});

test('after an eviction publishes only what is new', () => {
  clients = ['away'];
  wake();
  presence.changed();
  expect(published).toEqual([]);
  become('online');
  expect(published).toEqual(['online']);
});

test('an eviction does not lose that the last client has left', () => {
  wake(Date.now() + 4_000);
  expect(presence.state()).toBe('online');
  pass(4_000);
  expect(published).toEqual(['offline']);
});

test('an eviction does not lose that do-not-disturb has ended', () => {
  const end = Date.now();
  clients = ['online'];
  presence = new Presence(
    {
      clock: () => Date.now(),
      clients: () => clients,
      mayBeDisturbed: (at) => at >= end,
      publish: (state) => published.push(state),
    },
    { leavesAt: undefined, quietUntil: end },
  );
  presence.changed();
  expect(published).toEqual(['online']);
});

test('nothing is published of a user who was offline already', () => {
  pass(60_000);
  expect(published).toEqual([]);
});
