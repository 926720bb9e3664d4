import { beforeAll, describe, expect, test } from 'vitest';
import { Problem } from '../../../protocol/errors.ts';
import { MemberList } from '../../../protocol/rest.ts';
import { enterDirectory } from '../../support/directory-people.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';

const edgewise = sharedEdgewise({ vars: { LIMIT_PEOPLE_ADDED_PER_HOUR: '4' } });
const people = edgewise.people('Ada', 'Grace', 'Linus', 'Hedy');
const { grace, linus, hedy } = people;

beforeAll(() => enterDirectory([people.ada, grace, linus, hedy]));

describe.for([
  ['warm', people.ada, () => Promise.resolve()],
  ['after eviction', people.hedy, () => edgewise.evictInbox(people.hedy.userId)],
] as const)('people added in an hour, %s,', ([, adder, maybeEvict]) => {
  test('are limited over all groups, those of a new group included', async () => {
    const both = [grace.userId, linus.userId];
    await adder.createGroup({ memberIds: both });
    await maybeEvict();
    const group = await adder.createGroup();
    const path = `/api/groups/${group.id}/members`;
    const add = (userIds: string[]) => adder.api('POST', path, { userIds });
    expect((await add([grace.userId])).status).toBe(200);
    await maybeEvict();

    const refused = await add(both);
    expect(refused.status).toBe(429);
    expect(refused.as(Problem)).toMatchObject({ code: 'rate_limited' });
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(3_500);
    expect((await adder.api('GET', path)).as(MemberList).items).toHaveLength(2);
    // A refusal counts nothing.
    expect((await add([linus.userId])).status).toBe(200);
    const created = await adder.api('POST', '/api/groups', {
      kind: 'group',
      name: 'One more',
      visibility: 'private',
      memberIds: [grace.userId],
    });
    expect(created.status).toBe(429);
    // Other people's allowance is their own.
    await grace.createGroup({ memberIds: both });
  });
});
