import { expect, test } from 'vitest';
import type { Member } from '../../../protocol/models.ts';
import { Ephemeral } from '../../../web/realtime/replica/ephemeral.ts';
import { People } from '../../../web/realtime/replica/people.ts';
import { receiptOf } from '../../../web/realtime/view/receipt-of.ts';
import { ADA, messageAt, stateAt } from '../../support/group-events.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { person } from '../../support/node-room.ts';

const memberOf = (name: string): Member => {
  const user = name === 'Ada' ? ADA : person(name);
  return { userId: user.id, role: 'member', joinedAt: 0, rev: 1, user };
};

test.each([
  ['direct', ['Ada', 'Grace'], true],
  ['direct', ['Ada', 'Grace', 'Linus'], false],
  ['group', ['Ada', 'Grace'], false],
] as const)('in a %s of %j it is clear who has read: %s', (kind, names, isPair) => {
  const people = new People();
  people.restart(names.map(memberOf));
  const ephemeral = new Ephemeral(manualClock(), () => undefined);
  const read = { readSeq: 5, deliveredSeq: 5, readAt: 1 };
  const { group, ...state } = stateAt(5);
  const receipts = [{ userId: person('Grace').id, ...read }];
  ephemeral.adopt({ ...state, group, receipts });
  const receipt = receiptOf(
    messageAt(5, { userId: ADA.id }),
    { ...group, kind },
    {
      people,
      ephemeral,
    },
  );
  expect(receipt).toMatchObject({ state: 'read', isPair });
});
