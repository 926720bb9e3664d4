import { beforeEach, expect, test } from 'vitest';
import { keepQueries, restoreQueries } from '../../../web/api/kept-queries.ts';
import { keys } from '../../../web/api/keys.ts';
import { createQueryClient } from '../../../web/api/queries.ts';
import { forgetting } from '../../../web/realtime/forgetting.ts';
import { ADA } from '../../support/group-events.ts';
import { entryOf } from '../../support/inbox-entry.ts';

const NAME = `edgewise.queries.${ADA.id}`;
const GROUPS = { items: [entryOf()] };

/** What a page that opens now shows of Ada before the server answers. */
function shownAtOnce(): { me: unknown; groups: unknown; isStale: boolean } {
  const queries = createQueryClient();
  restoreQueries(queries, ADA.id);
  const groups = queries.getQueryState(keys.myGroups());
  const isStale = (groups?.dataUpdatedAt ?? 0) < Date.now() - 60_000;
  return { me: queries.getQueryData(keys.me()), groups: groups?.data, isStale };
}

beforeEach(() => localStorage.clear());

test('the next visit begins with the name and the groups of the last one, and asks for newer ones', () => {
  const queries = createQueryClient();
  keepQueries(queries, ADA.id);
  queries.setQueryData(keys.me(), ADA);
  queries.setQueryData(keys.myGroups(), GROUPS);
  queries.setQueryData(keys.users('gr'), { items: [] });
  expect(shownAtOnce()).toEqual({ me: ADA, groups: GROUPS, isStale: true });
  expect(localStorage.getItem(NAME)).not.toContain('users');
});

test.each([['{'], ['[]'], ['{"me":{"id":7}}'], [`{"groups,mine":{"items":[{}]}}`]])(
  'what another version stored is ignored: %s',
  (stored) => {
    localStorage.setItem(NAME, stored);
    expect(shownAtOnce()).toEqual({ me: undefined, groups: undefined, isStale: true });
  },
);

test('a page that is still open stores nothing of a user who was forgotten', async () => {
  const queries = createQueryClient();
  keepQueries(queries, ADA.id);
  queries.setQueryData(keys.me(), ADA);
  await forgetting.forgetPerson(ADA.id);
  queries.setQueryData(keys.myGroups(), GROUPS);
  expect(localStorage.getItem(NAME)).toBeNull();
});

test('a page that has closed stores nothing more', () => {
  const queries = createQueryClient();
  const stop = keepQueries(queries, ADA.id);
  queries.setQueryData(keys.me(), ADA);
  stop();
  queries.setQueryData(keys.myGroups(), GROUPS);
  expect(shownAtOnce()).toMatchObject({ me: ADA, groups: undefined });
});
