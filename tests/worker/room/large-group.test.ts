import { expect, test } from 'vitest';
import { MEMBERS_IN_STATE, RECEIPTS_MEMBERS } from '../../../protocol/limits.ts';
import { MemberList } from '../../../protocol/rest.ts';
import { say } from '../../support/connected-group.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';

const MORE = MEMBERS_IN_STATE + 50;

const edgewise = sharedEdgewise();
const { ada, grace } = edgewise.people('Ada', 'Grace');

/** A group of Ada, Grace and more members than a state contains. */
async function largeGroup(): Promise<string> {
  const { id } = await ada.createGroup();
  await grace.join(id);
  const others = Array.from({ length: MORE }, (_, n) => ({
    id: `user_other${n}`,
    name: `Other ${n}`,
    handle: `other${n}`,
    imageUrl: '',
    role: 'member',
  }));
  await edgewise.roomSql(
    id,
    `INSERT INTO members (user_id, role, joined_at, rev, profile)
     SELECT value ->> 'id', 'member', 1, 1, value FROM json_each(?)`,
    JSON.stringify(others),
  );
  await edgewise.roomSql(id, 'UPDATE group_state SET member_count = member_count + ?', MORE);
  await edgewise.evictRoom(id);
  return id;
}

test('the state of a large group contains online members and authors only', async () => {
  const groupId = await largeGroup();
  const adaSocket = await ada.connect(groupId);
  const alone = await adaSocket.next('thread_state');
  expect(alone.group.memberCount).toBe(MORE + 2);
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

test('all members of a large group are listed on request', async () => {
  const groupId = await largeGroup();
  const listed = (await ada.api('GET', `/api/groups/${groupId}/members`)).as(MemberList);
  expect(listed.items).toHaveLength(MORE + 2);
});
