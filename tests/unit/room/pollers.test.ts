import { expect, it } from 'vitest';
import { SOCKETS_PER_USER_PER_GROUP } from '../../../protocol/limits.ts';
import type { EphemeralEvent } from '../../../protocol/server-events.ts';
import { Pollers } from '../../../worker/room/ephemeral/pollers.ts';

const away: EphemeralEvent = { type: 'presence_update', userId: 'grace', state: 'away' };

it('keeps the newest event of each kind, user and place, and merges the moves of a cursor', () => {
  const pollers = new Pollers(() => 0);
  pollers.poll('ada', 'tab');
  pollers.note({ ...away, state: 'online' });
  pollers.note(away);
  pollers.note({ type: 'receipt_update', userId: 'grace', deliveredSeq: 7 });
  pollers.note({ type: 'receipt_update', userId: 'grace', readSeq: 5 });
  pollers.note({ type: 'receipt_update', userId: 'ada', mark: 1 }, 'ada');
  pollers.note({ type: 'receipt_update', userId: 'grace', mark: 1, parentId: 'root' }, 'grace');
  expect(pollers.takeMissed('ada', 'tab')).toEqual([
    away,
    { type: 'receipt_update', userId: 'grace', deliveredSeq: 7, readSeq: 5 },
    { type: 'receipt_update', userId: 'ada', mark: 1 },
  ]);
  expect(pollers.takeMissed('ada', 'tab')).toEqual([]);
});

it('keeps events for as many clients of a user as may have sockets, the latest to poll', () => {
  const pollers = new Pollers(() => 0);
  const names = Array.from({ length: SOCKETS_PER_USER_PER_GROUP + 1 }, (_, n) => `tab-${n}`);
  pollers.poll('grace', 'tab');
  for (const name of names.slice(0, -1)) pollers.poll('ada', name);
  pollers.poll('ada', 'tab-0');
  pollers.poll('ada', names.at(-1) ?? '');
  pollers.note(away);
  const told = names.filter((name) => pollers.takeMissed('ada', name).length > 0);
  expect(told).toEqual(names.filter((name) => name !== 'tab-1'));
  expect(pollers.takeMissed('grace', 'tab')).toEqual([away]);
});
