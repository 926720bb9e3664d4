import { beforeEach, expect, test } from 'vitest';
import { fail, ok } from '../../../protocol/errors.ts';
import { PAGE_MAX } from '../../../protocol/limits.ts';
import type { User } from '../../../protocol/models.ts';
import { UnknownUsers } from '../../../web/realtime/sync/unknown-users.ts';
import { eventually } from '../../support/eventually.ts';
import { type ManualClock, manualClock } from '../../support/manual-clock.ts';

const SOON_MS = 1_000;

let clock: ManualClock;
let asked: (readonly string[])[];
let found: string[];
let isReachable: boolean;
let unknownUsers: UnknownUsers;

function person(id: string): User {
  return { id, name: id, handle: id, imageUrl: '', role: 'member' };
}

beforeEach(() => {
  clock = manualClock();
  asked = [];
  found = [];
  isReachable = true;
  unknownUsers = new UnknownUsers({
    clock,
    fetchUsers: async (ids) => {
      asked.push(ids);
      if (!isReachable) return fail('unavailable', 'The server cannot be reached.');
      return ok({ items: ids.map(person) });
    },
    found: (users) => found.push(...users.map(({ id }) => id)),
  });
});

test('users that are missing at the same time are fetched in one request, each once', async () => {
  for (const id of ['grace', 'linus', 'grace']) unknownUsers.missing(id);
  clock.pass(SOON_MS);
  await eventually(() => expect(found).toEqual(['grace', 'linus']));
  unknownUsers.missing('grace');
  clock.pass(SOON_MS);
  expect(asked).toEqual([['grace', 'linus']]);
});

test('more users than one request may have are fetched in several', async () => {
  for (let n = 0; n < PAGE_MAX + 1; n += 1) unknownUsers.missing(`user-${n}`);
  clock.pass(SOON_MS);
  await eventually(() => expect(found).toHaveLength(PAGE_MAX + 1));
  expect(asked.map((ids) => ids.length)).toEqual([PAGE_MAX, 1]);
});

test('a user that could not be fetched is fetched again after reconnecting', async () => {
  isReachable = false;
  unknownUsers.missing('grace');
  clock.pass(SOON_MS);
  await eventually(() => expect(asked).toHaveLength(1));
  isReachable = true;
  unknownUsers.retryMissing();
  unknownUsers.missing('grace');
  clock.pass(SOON_MS);
  await eventually(() => expect(found).toEqual(['grace']));
});
