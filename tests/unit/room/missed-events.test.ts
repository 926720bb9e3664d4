import { expect, it } from 'vitest';
import { SOCKETS_PER_USER_PER_GROUP } from '../../../protocol/limits.ts';
import type { EphemeralEvent } from '../../../protocol/server-events.ts';
import { MissedEvents } from '../../../worker/room/ephemeral/missed-events.ts';
import { POLLER_PRESENT_MS, Pollers } from '../../../worker/sockets/pollers.ts';

const away: EphemeralEvent = { type: 'presence_update', userId: 'grace', state: 'away' };

/** What clients miss, by this clock (ms). */
function start(clock = () => 0) {
  const pollers = new Pollers(clock);
  const missed = new MissedEvents(pollers, clock);
  const take = (userId: string, client: string) => {
    const poller = pollers.find(userId, client);
    return poller ? missed.take(poller) : [];
  };
  return { pollers, missed, take };
}

it('keeps the newest event of each kind, user and place, and merges the moves of a cursor', () => {
  const { pollers, missed, take } = start();
  pollers.poll('ada', 'tab');
  missed.note({ ...away, state: 'online' });
  missed.note(away);
  pollers.poll('ada', 'tab');
  missed.note({ type: 'receipt_update', userId: 'grace', deliveredSeq: 7 });
  missed.note({ type: 'receipt_update', userId: 'grace', readSeq: 5 });
  missed.note({ type: 'receipt_update', userId: 'ada', mark: 1 }, { onlyTo: 'ada' });
  missed.note(
    { type: 'receipt_update', userId: 'grace', mark: 1, parentId: 'root' },
    { onlyTo: 'grace' },
  );
  expect(take('ada', 'tab')).toEqual([
    away,
    { type: 'receipt_update', userId: 'grace', deliveredSeq: 7, readSeq: 5 },
    { type: 'receipt_update', userId: 'ada', mark: 1 },
  ]);
  expect(take('ada', 'tab')).toEqual([]);
});

it('keeps events for as many clients of a user as may have sockets, the latest to poll', () => {
  const { pollers, missed, take } = start();
  const names = Array.from({ length: SOCKETS_PER_USER_PER_GROUP + 1 }, (_, n) => `tab-${n}`);
  pollers.poll('grace', 'tab');
  for (const name of names.slice(0, -1)) pollers.poll('ada', name);
  pollers.poll('ada', 'tab-0');
  pollers.poll('ada', names.at(-1) ?? '');
  missed.note(away);
  const told = names.filter((name) => take('ada', name).length > 0);
  expect(told).toEqual(names.filter((name) => name !== 'tab-1'));
  expect(take('grace', 'tab')).toEqual([away]);
});

it('keeps nothing for a client that has not polled for a while', () => {
  let now = 0;
  const { pollers, missed, take } = start(() => now);
  pollers.poll('ada', 'tab');
  missed.note(away);
  now = POLLER_PRESENT_MS;
  pollers.poll('ada', 'tab');
  expect(take('ada', 'tab')).toEqual([]);
});

it('keeps nothing for those who may not see it', () => {
  const { pollers, missed, take } = start();
  for (const userId of ['ada', 'grace']) pollers.poll(userId, 'tab');
  missed.note(away, { notTo: new Set(['grace']) });
  expect(take('ada', 'tab')).toEqual([away]);
  expect(take('grace', 'tab')).toEqual([]);
});

it('keeps what is about a watched user for the clients that watch them, and the newest count for all', () => {
  const { pollers, missed, take } = start();
  for (const client of ['one', 'two']) pollers.poll('ada', client);
  pollers.setWatching('ada', 'one', ['linus', 'grace']);
  missed.noteWatched(new Map([['grace', away]]));
  for (const count of [7, 8]) missed.note({ type: 'presence_count', count });
  const counted = { type: 'presence_count', count: 8 };
  expect([take('ada', 'one'), take('ada', 'two')]).toEqual([[away, counted], [counted]]);
  pollers.setWatching('ada', 'one', ['linus']);
  missed.noteWatched(new Map([['grace', away]]));
  expect(take('ada', 'one')).toEqual([]);
});

it('is due at once after a silence, and once a second while there is more', () => {
  let now = 10_000;
  const { pollers, missed, take } = start(() => now);
  const poller = pollers.poll('ada', 'tab');
  expect(missed.dueAt(poller)).toBeUndefined();
  missed.note(away);
  expect(missed.dueAt(poller)).toBeLessThanOrEqual(now);
  take('ada', 'tab');
  expect(missed.dueAt(poller)).toBeUndefined();
  now += 10;
  missed.note(away);
  expect(missed.dueAt(poller)).toBe(11_000);
});

it('wakes the held poll of a client once, and of nobody who may not see the event', async () => {
  const { pollers, missed } = start();
  const woken: string[] = [];
  const hold = (userId: string) =>
    pollers.changed(60_000, pollers.poll(userId, 'tab')).then(() => woken.push(userId));
  const held = [hold('ada'), hold('grace')];
  missed.note(away, { notTo: new Set(['grace']) });
  await held[0];
  const again = hold('ada');
  missed.note({ ...away, state: 'online' });
  await Promise.resolve();
  expect(woken).toEqual(['ada']);
  pollers.wake();
  await Promise.all([...held, again]);
  expect(woken).toEqual(['ada', 'grace', 'ada']);
});
