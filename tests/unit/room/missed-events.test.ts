import { expect, it } from 'vitest';
import { SOCKETS_PER_USER_PER_GROUP } from '../../../protocol/limits.ts';
import type { EphemeralEvent } from '../../../protocol/server-events.ts';
import { MissedEvents } from '../../../worker/room/ephemeral/missed-events.ts';
import { POLLER_PRESENT_MS, Pollers } from '../../../worker/sockets/pollers.ts';

const away: EphemeralEvent = { type: 'presence_update', userId: 'grace', state: 'away' };

it('keeps the newest event of each kind, user and place, and merges the moves of a cursor', () => {
  const pollers = new Pollers(() => 0);
  const missed = new MissedEvents(pollers);
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
  expect(missed.take('ada', 'tab')).toEqual([
    away,
    { type: 'receipt_update', userId: 'grace', deliveredSeq: 7, readSeq: 5 },
    { type: 'receipt_update', userId: 'ada', mark: 1 },
  ]);
  expect(missed.take('ada', 'tab')).toEqual([]);
});

it('keeps events for as many clients of a user as may have sockets, the latest to poll', () => {
  const pollers = new Pollers(() => 0);
  const missed = new MissedEvents(pollers);
  const names = Array.from({ length: SOCKETS_PER_USER_PER_GROUP + 1 }, (_, n) => `tab-${n}`);
  pollers.poll('grace', 'tab');
  for (const name of names.slice(0, -1)) pollers.poll('ada', name);
  pollers.poll('ada', 'tab-0');
  pollers.poll('ada', names.at(-1) ?? '');
  missed.note(away);
  const told = names.filter((name) => missed.take('ada', name).length > 0);
  expect(told).toEqual(names.filter((name) => name !== 'tab-1'));
  expect(missed.take('grace', 'tab')).toEqual([away]);
});

it('keeps nothing for a client that has not polled for a while', () => {
  let now = 0;
  const pollers = new Pollers(() => now);
  const missed = new MissedEvents(pollers);
  pollers.poll('ada', 'tab');
  missed.note(away);
  now = POLLER_PRESENT_MS;
  pollers.poll('ada', 'tab');
  expect(missed.take('ada', 'tab')).toEqual([]);
});

it('keeps nothing for those who may not see it', () => {
  const pollers = new Pollers(() => 0);
  const missed = new MissedEvents(pollers);
  for (const userId of ['ada', 'grace']) pollers.poll(userId, 'tab');
  missed.note(away, { notTo: new Set(['grace']) });
  expect(missed.take('ada', 'tab')).toEqual([away]);
  expect(missed.take('grace', 'tab')).toEqual([]);
});
