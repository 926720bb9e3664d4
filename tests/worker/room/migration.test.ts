import { v7 as uuidv7 } from 'uuid';
import { expect, test } from 'vitest';
import { User } from '../../../protocol/models.ts';
import { eventually } from '../../support/eventually.ts';
import { mirroredRows } from '../../support/mirror.ts';
import { idOf, roomOfVersion2 } from '../../support/room-of-version-2.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';

const edgewise = sharedEdgewise();
const { ada, grace } = edgewise.people('Ada', 'Grace');

test('a Room with the storage of the version before wakes complete, mirrors what D1 lacks, and goes on', async () => {
  const adasProfile = (await ada.api('GET', '/api/users/me')).as(User);
  const gracesProfile = (await grace.api('GET', '/api/users/me')).as(User);
  const groupId = uuidv7();
  await edgewise.roomSql(groupId, roomOfVersion2(adasProfile, gracesProfile));
  await edgewise.evictRoom(groupId);

  const adas = await ada.connect(groupId);
  const state = await adas.next('thread_state');
  expect(state).toMatchObject({
    epoch: 'epoch-1',
    rev: 9,
    group: { name: 'Engines', memberCount: 2 },
    me: { role: 'owner', readSeq: 6, mark: 1, readThreads: [{ parentId: idOf(5), readSeq: 6 }] },
  });
  expect(state.messages.map(({ seq }) => seq)).toEqual([4, 5, 8]);

  const mirrored = await eventually(async () => {
    const rows = await mirroredRows(edgewise, groupId);
    expect([rows.messages.length, rows.cursors.length, rows.follows.length]).toEqual([3, 1, 1]);
    return rows;
  }, 25_000);
  expect(mirrored.messages.map((row) => row['seq'])).toEqual([5, 6, 8]);
  expect(mirrored.reactions).toMatchObject([{ message_seq: 5, emoji: '👍', first_rev: 7 }]);
  expect(mirrored.cursors).toMatchObject([{ pack: 0, version: 3 }]);
  expect(mirrored.cursors[0]?.['cursors']).toContain(ada.userId);
  expect(mirrored.follows).toMatchObject([{ user_id: ada.userId, version: 2 }]);
  expect(edgewise.logs().join('\n')).not.toContain('mirror_failed');

  adas.send({ type: 'message', id: uuidv7(), content: 'and on it goes' });
  expect((await adas.next('message')).rev).toBe(10);
  await eventually(async () => {
    const tasks = await edgewise.roomSql(groupId, "SELECT * FROM agenda WHERE task = 'archive'");
    expect(tasks).toEqual([]);
    expect((await mirroredRows(edgewise, groupId)).messages).toHaveLength(4);
  });
});
