import { expect, it, test } from 'vitest';
import { MEMBERS_IN_STATE, RECEIPTS_MEMBERS } from '../../../protocol/limits.ts';
import { MemberList } from '../../../protocol/rest.ts';
import { say } from '../../support/connected-group.ts';
import { largeGroup } from '../../support/large-group.ts';
import { describeWarmAndEvicted, sharedEdgewise } from '../../support/shared-edgewise.ts';

/** The members beside Ada and Grace. */
const MORE = MEMBERS_IN_STATE + 50;
const MEMBERS = MORE + 2;

const edgewise = sharedEdgewise();
const { ada, grace, linus, hedy, zoe } = edgewise.people('Ada', 'Grace', 'Linus', 'Hedy', 'Zoe');

test('the state of a large group contains online members and authors only', async () => {
  const groupId = await largeGroup(edgewise, [ada, grace], MEMBERS);
  const adaSocket = await ada.connect(groupId);
  const alone = await adaSocket.next('thread_state');
  expect(alone.group.memberCount).toBe(MEMBERS);
  expect(alone.group.memberCount).toBeGreaterThan(RECEIPTS_MEMBERS);
  expect(alone.members.map(({ userId }) => userId)).toEqual([ada.userId]);
  // The page contains the system line that Grace joined.
  expect(alone.users.map(({ id }) => id)).toContain(grace.userId);

  const graceSocket = await grace.connect(groupId);
  const both = await graceSocket.next('thread_state');
  expect(new Set(both.members.map(({ userId }) => userId))).toEqual(
    new Set([ada.userId, grace.userId]),
  );
  const received = await say(graceSocket, 'hello, all of you');
  await adaSocket.next('message', ({ message }) => message.id === received.id);

  // A large group sends a cursor to its owner only.
  adaSocket.send({ type: 'thread_read', seq: received.seq, mark: 0 });
  await adaSocket.next('receipt_update', ({ readSeq }) => readSeq === received.seq);
  const state = await graceSocket.sync();
  expect(state.receipts.map(({ userId }) => userId)).not.toContain(ada.userId);
  expect(graceSocket.events.filter(({ type }) => type === 'receipt_update')).toEqual([]);
  await Promise.all([adaSocket.close(), graceSocket.close()]);
});

test('a client that knows of no pages gets all members of a large group, in the order in which they joined', async () => {
  const groupId = await largeGroup(edgewise, [ada, grace], MEMBERS);
  const listed = (await ada.api('GET', `/api/groups/${groupId}/members`)).as(MemberList);
  expect(listed.items).toHaveLength(MEMBERS);
  expect(listed.next).toBeUndefined();
  const joined = listed.items.map(({ joinedAt }) => joinedAt);
  expect(joined).toEqual(joined.toSorted((a, b) => a - b));
});

describeWarmAndEvicted(edgewise, 'the members of a large group, in a Room', (maybeEvict) => {
  it('are listed in pages by role and name, while others join and leave', async () => {
    const groupId = await largeGroup(edgewise, [ada, grace], MEMBERS);
    const path = `/api/groups/${groupId}/members`;
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const asked = new URLSearchParams({ limit: '60', ...(cursor && { cursor }) });
      const page = (await ada.api('GET', `${path}?${asked}`)).as(MemberList);
      expect(page.items.length).toBe(page.next === undefined ? (MORE + 3) % 60 : 60);
      names.push(...page.items.map(({ user }) => user.name));
      if (cursor === undefined) {
        // All but Zoe have their place on this page.
        await grace.api('POST', `/api/groups/${groupId}/leave`);
        await linus.join(groupId);
        await zoe.join(groupId);
      }
      cursor = page.next;
      await maybeEvict(groupId);
    } while (cursor !== undefined);
    const others = Array.from({ length: MORE }, (_, n) => `Other ${n}`).sort();
    expect(names).toEqual([ada.name, grace.name, ...others, zoe.name]);
  });

  it('are found by the beginning of their name, by members only', async () => {
    const groupId = await largeGroup(edgewise, [ada, grace], MEMBERS);
    await maybeEvict(groupId);
    const path = `/api/groups/${groupId}/members`;
    const found = (await grace.api('GET', `${path}?query=%20oTHER%2024`)).as(MemberList);
    expect(found.items.map(({ user }) => user.name)).toEqual([
      'Other 24',
      ...Array.from({ length: 10 }, (_, n) => `Other 24${n}`),
    ]);
    expect((await grace.api('GET', `${path}?query=nobody`)).as(MemberList)).toEqual({ items: [] });
    expect((await hedy.api('GET', `${path}?query=a`)).status).toBe(403);
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=many', 'limit'],
    ['cursor=made-up', 'cursor'],
    [`query=${'a'.repeat(101)}`, 'query'],
  ])('are not listed for ?%s', async (query, field) => {
    const { id } = await ada.createGroup();
    await maybeEvict(id);
    const { status, body } = await ada.api('GET', `/api/groups/${id}/members?${query}`);
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'invalid', fields: { [field]: expect.any(String) } });
  });
});
