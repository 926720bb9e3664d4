import { beforeAll, describe, expect, test } from 'vitest';
import { Problem } from '../../../protocol/errors.ts';
import { Group, User } from '../../../protocol/models.ts';
import { MemberList } from '../../../protocol/rest.ts';
import { enterDirectory } from '../../support/directory-people.ts';
import type { Person } from '../../support/person.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';

const edgewise = sharedEdgewise({
  vars: {
    LIMIT_PEOPLE_ADDED_PER_HOUR: '4',
    LIMIT_GROUPS_PER_HOUR: '3',
    LIMIT_DIRECT_GROUPS_PER_HOUR: '2',
    LIMIT_PROFILE_CHANGES_PER_HOUR: '2',
  },
});
const people = edgewise.people('Ada', 'Grace', 'Linus', 'Hedy', 'Alan', 'Margaret');
const { grace, linus, hedy, alan, margaret } = people;

beforeAll(() => enterDirectory([people.ada, grace, linus, hedy, alan, margaret]));

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

describe.for([
  ['warm', alan, () => Promise.resolve()],
  ['after eviction', margaret, () => edgewise.evictInbox(margaret.userId)],
] as const)('groups created in an hour, %s,', ([, creator, maybeEvict]) => {
  const create = (name: string, who: Person = creator) =>
    who.api(
      'POST',
      '/api/groups',
      { kind: 'group', name, visibility: 'private' },
      { 'idempotency-key': `key-${name}` },
    );
  const startTalk = (others: Person[]) =>
    creator.api('POST', '/api/groups', {
      kind: 'direct',
      memberIds: others.map(({ userId }) => userId),
    });

  test('are limited; a repeat and a refusal cost nothing', async () => {
    const first = await create('One');
    for (let n = 0; n < 3; n += 1) {
      expect((await create('One')).as(Group).id).toBe(first.as(Group).id);
    }
    expect((await create('Two')).status).toBe(201);
    await maybeEvict();
    const tooManyPeople = await creator.api('POST', '/api/groups', {
      kind: 'group',
      name: 'Crowd',
      visibility: 'private',
      memberIds: [people.ada, grace, linus, hedy, creator === alan ? margaret : alan].map(
        ({ userId }) => userId,
      ),
    });
    expect(tooManyPeople.as(Problem).detail).toContain('4 people');
    expect((await create('Three')).status).toBe(201);
    await maybeEvict();
    const refused = await create('Four');
    expect(refused.status).toBe(429);
    expect(refused.as(Problem)).toMatchObject({
      code: 'rate_limited',
      detail: expect.stringMatching(
        /^You can create at most 3 groups an hour\. Try again in \d+ minutes\.$/,
      ),
    });
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(3_500);
    // What is there already is still returned, and other people's allowance is their own.
    expect((await create('One')).as(Group).id).toBe(first.as(Group).id);
    expect((await create('Four', hedy)).status).toBe(201);
  });

  test('are counted apart from direct groups, of which those that are there cost nothing', async () => {
    const first = await startTalk([grace]);
    expect(first.status).toBe(201);
    expect((await startTalk([linus])).status).toBe(201);
    await maybeEvict();
    expect((await startTalk([grace])).as(Group).id).toBe(first.as(Group).id);
    const refused = await startTalk([grace, linus]);
    expect(refused.as(Problem)).toMatchObject({
      code: 'rate_limited',
      detail: expect.stringMatching(
        /^You can start at most 2 conversations an hour\. Try again in/,
      ),
    });
    // A conversation that another user started already exists, and costs nothing.
    const theirs = await grace.createDirect([creator, linus]);
    expect((await startTalk([grace, linus])).as(Group).id).toBe(theirs.id);
  });
});

describe.for([
  ['warm', people.ada, () => Promise.resolve()],
  ['after eviction', hedy, () => edgewise.evictInbox(hedy.userId)],
] as const)('changes of a profile, %s,', ([, who, maybeEvict]) => {
  const change = (body: object) => who.api('PATCH', '/api/users/me', body);
  const status = (text: string) => change({ status: { emoji: '☕', text } });

  test('are limited where others are told of them', async () => {
    expect((await status('one')).status).toBe(200);
    await maybeEvict();
    expect((await status('two')).status).toBe(200);
    const refused = await status('three');
    expect(refused.status).toBe(429);
    expect(refused.as(Problem).detail).toMatch(
      /^You can change your profile at most 2 times an hour\. Try again in/,
    );
    const mine = (await who.api('GET', '/api/users/me')).as(User);
    expect(mine.status?.text).toBe('two');
    expect((await change({ timeZone: 'Europe/London' })).status).toBe(200);
  });
});
