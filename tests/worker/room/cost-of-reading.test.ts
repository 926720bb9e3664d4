import { v7 as uuidv7 } from 'uuid';
import { expect, test } from 'vitest';
import { RoomCounter } from '../../support/room-costs.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';

/** In the order of a deployed Room, and long enough for everyone to read within one of them, also on a busy machine. */
const VARS = { ROOM_COLLECT_CURSORS_MS: '5000', ROOM_SETTLE_MS: '10000' };
const QUIET_FOR_MS = 11_000;
const READERS = 20;

const edgewise = sharedEdgewise({ vars: VARS });
const { ada } = edgewise.people('Ada');

test('what 20 people read of a message is stored and mirrored in few rows', async () => {
  const { id: groupId } = await ada.createGroup();
  const readers = await Promise.all(
    Array.from({ length: READERS }, (_, n) => edgewise.signIn(`Reader ${n + 1}`)),
  );
  for (const reader of readers) await reader.api('POST', `/api/groups/${groupId}/join`);
  const counter = new RoomCounter(edgewise.url, groupId, QUIET_FOR_MS);
  const [author, ...sockets] = await Promise.all(
    [ada, ...readers].map((person) => person.connect(groupId)),
  );
  if (!author) throw new Error('nobody connected');
  await counter.start();
  author.send({ type: 'message', id: uuidv7(), content: 'to all' });
  await Promise.all(
    sockets.map(async (socket) => {
      const { message } = await socket.next('message');
      socket.send({ type: 'thread_delivered', seq: message.seq });
      socket.send({ type: 'thread_read', seq: message.seq, mark: 0 });
    }),
  );
  const { room, d1 } = await counter.stop();
  expect(room).toBeLessThanOrEqual(7);
  expect(d1).toBeLessThanOrEqual(4);
  const socket = await ada.connect(groupId);
  const { receipts, group } = await socket.next('thread_state');
  const read = receipts.filter(({ readSeq }) => readSeq === group.lastSeq);
  expect(read).toHaveLength(READERS);
}, 180_000);
