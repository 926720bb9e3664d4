import { expect, test } from 'vitest';
import { writingPeople } from '../../../web/features/composer/writing-people.ts';
import { adaClient } from '../../support/ada-page.tsx';
import { ADA, stateAt } from '../../support/group-events.ts';
import { person } from '../../support/node-room.ts';

const grace = person('Grace');
const linus = person('Linus');

test.each([
  ['those whom the page knows to be present', undefined, 1],
  ['in a large group those who were counted', 70, 69],
])('@here reaches, without me, %s', (_, presentCount, here) => {
  const client = adaClient();
  const members = [ADA, grace, linus].map((user) => {
    return [user.id, { userId: user.id, role: 'member', joinedAt: 1, rev: 1, user }] as const;
  });
  const view = {
    ...client.getView(),
    group: { ...stateAt(1).group, memberCount: 300 },
    members: new Map(members),
    presence: new Map([
      [ADA.id, 'online'],
      [grace.id, 'away'],
    ] as const),
    presentCount,
  };
  client.close();
  expect(writingPeople(view, ADA.id).reach).toEqual({ all: 299, here });
});
