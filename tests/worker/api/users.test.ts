import { beforeAll, describe, expect, test } from 'vitest';
import { Problem } from '../../../protocol/errors.ts';
import { User } from '../../../protocol/models.ts';
import { GroupList, UserList } from '../../../protocol/rest.ts';
import { deactivatedPerson, enterDirectory } from '../../support/directory-people.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';

const edgewise = sharedEdgewise();
const { ada, grace } = edgewise.people('Ada', 'Grace');

beforeAll(() => enterDirectory([ada, grace]));

describe('me', () => {
  test('is the signed-in user, with a handle', async () => {
    const me = (await ada.api('GET', '/api/users/me')).as(User);
    expect(me).toMatchObject({ id: ada.userId, name: 'Ada', handle: 'ada', role: 'member' });
  });

  test('has a status until the user clears it', async () => {
    const status = { emoji: '🚲', text: 'On the way' };
    const set = await ada.api('PATCH', '/api/users/me', { status });
    expect(set.as(User).status).toEqual(status);
    const cleared = await ada.api('PATCH', '/api/users/me', { status: null });
    expect(cleared.as(User)).not.toHaveProperty('status');
  });

  test('changes a handle, and every member of my groups receives the change', async () => {
    const group = await ada.createGroup();
    await grace.join(group.id);
    const socket = await grace.connect(group.id);
    await socket.next('thread_state');
    const changed = await ada.api('PATCH', '/api/users/me', { handle: 'countess' });
    expect(changed.as(User).handle).toBe('countess');
    const received = await socket.next(
      'member_update',
      ({ member }) => member.userId === ada.userId,
    );
    expect(received.member.user.handle).toBe('countess');
    await socket.close();
  });

  test("cannot take another user's handle", async () => {
    const refused = await ada.api('PATCH', '/api/users/me', { handle: 'grace' });
    expect(refused.status).toBe(409);
    expect(refused.as(Problem)).toMatchObject({
      code: 'conflict',
      fields: { handle: expect.any(String) },
    });
  });

  test.for([
    ['handle', { handle: 'Ada Lovelace' }],
    ['status.text', { status: { emoji: '', text: 'x'.repeat(101) } }],
  ] as const)('refuses an invalid %s', async ([field, wrong]) => {
    const refused = await ada.api('PATCH', '/api/users/me', wrong);
    expect(refused.status).toBe(422);
    expect(Object.keys(refused.as(Problem).fields ?? {})).toEqual([field]);
  });

  test('is forbidden to a deactivated user', async () => {
    const gone = await deactivatedPerson(edgewise);
    expect((await gone.api('GET', '/api/users/me')).as(Problem).code).toBe('forbidden');
  });
});

describe('people', () => {
  const names = async (query: string) =>
    (await ada.api('GET', `/api/users?${query}`)).as(UserList).items.map(({ name }) => name);

  test('are found by the beginning of their name', async () => {
    expect(await names('query=gra')).toEqual(['Grace']);
    expect(await names('query=race')).toEqual([]);
    expect(await names(`query=${encodeURIComponent('%')}`)).toEqual([]);
  });

  test('are limited to the requested number', async () => {
    expect((await names('limit=1')).length).toBe(1);
  });

  test('are returned by id, without unknown ids', async () => {
    expect(await names(`ids=${grace.userId},user_nobody,${ada.userId}`)).toEqual(['Ada', 'Grace']);
  });

  test.for([
    ['ids', `ids=${Array.from({ length: 101 }, (_, n) => `user_${n}`).join(',')}`],
    ['ids.0', 'ids=no%20id'],
    ['ids', 'ids=user_1&query=gra'],
    ['query', `query=${'x'.repeat(101)}`],
    ['limit', 'limit=1000'],
  ] as const)('are not given, naming %s, for a wrong query', async ([field, query]) => {
    const refused = await ada.api('GET', `/api/users?${query}`);
    expect(refused.status).toBe(422);
    expect(Object.keys(refused.as(Problem).fields ?? {})).toEqual([field]);
  });

  test('are returned one at a time', async () => {
    expect((await ada.api('GET', `/api/users/${grace.userId}`)).as(User).name).toBe('Grace');
    for (const id of ['user_nobody', 'no%20id']) {
      expect((await ada.api('GET', `/api/users/${id}`)).as(Problem).code).toBe('not_found');
    }
  });
});

describe('the directory', () => {
  test('comes in pages, and a cursor that no page returned is invalid', async () => {
    const page = async (cursor?: string) => {
      const asked = new URLSearchParams({ query: '', limit: '1', ...(cursor && { cursor }) });
      return (await ada.api('GET', `/api/users?${asked}`)).as(UserList);
    };
    const names: string[] = [];
    let next: string | undefined;
    do {
      const { items, next: after } = await page(next);
      names.push(...items.map(({ id }) => id));
      next = after;
    } while (next !== undefined);
    const all = (await ada.api('GET', '/api/users?query=&limit=100')).as(UserList);
    expect(names).toEqual(all.items.map(({ id }) => id));
    expect(names.length).toBeGreaterThan(1);
    expect((await ada.api('GET', '/api/users?cursor=nonsense')).status).toBe(422);
  });

  test('has a time zone that a client sets, and refuses one that does not exist', async () => {
    const set = await ada.api('PATCH', '/api/users/me', { timeZone: 'Asia/Kathmandu' });
    expect(set.as(User).timeZone).toBe('Asia/Kathmandu');
    const seen = await grace.api('GET', `/api/users/${ada.userId}`);
    expect(seen.as(User).timeZone).toBe('Asia/Kathmandu');
    const wrong = await ada.api('PATCH', '/api/users/me', { timeZone: 'Mars/Olympus' });
    expect(wrong.status).toBe(422);
  });

  test('lists the groups that two are both in now, and no others', async () => {
    const [shared, left] = [
      await ada.createGroup({ name: 'Shared' }),
      await ada.createGroup({ name: 'Left' }),
    ];
    for (const { id } of [shared, left]) await grace.join(id);
    await grace.api('POST', `/api/groups/${left.id}/leave`);
    await ada.createGroup({ name: 'Only mine' });
    await ada.createDirect([grace]);
    const names = async (from: typeof ada, to: typeof ada) =>
      (await from.api('GET', `/api/users/${to.userId}/groups`))
        .as(GroupList)
        .items.map(({ name }) => name);
    expect(await names(ada, grace)).toContain('Shared');
    expect(await names(ada, grace)).not.toContain('Left');
    expect(await names(ada, grace)).not.toContain('Only mine');
    expect(await names(grace, ada)).toEqual(await names(ada, grace));
    expect((await ada.api('GET', '/api/users/nobody/groups')).as(GroupList).items).toEqual([]);
  });
});
