import { expect, test } from 'vitest';
import { MEMBERS_IN_STATE, RECEIPTS_MEMBERS } from '../../../protocol/limits.ts';
import { MemberList } from '../../../protocol/rest.ts';
import { say } from '../../support/connected-group.ts';
import { largeGroup } from '../../support/large-group.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';

const MEMBERS = MEMBERS_IN_STATE + 50;

const edgewise = sharedEdgewise();
const { ada, grace } = edgewise.people('Ada', 'Grace');

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

test('all members of a large group are listed on request', async () => {
  const groupId = await largeGroup(edgewise, [ada, grace], MEMBERS);
  const listed = (await ada.api('GET', `/api/groups/${groupId}/members`)).as(MemberList);
  expect(listed.items).toHaveLength(MEMBERS);
});
