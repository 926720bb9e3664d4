import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, expect, test } from 'vitest';
import type { Message } from '../../../protocol/models.ts';
import type { Person } from '../../support/person.ts';
import { RoomCounter } from '../../support/room-costs.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';
import type { TestSocket } from '../../support/test-socket.ts';
import { UNLIMITED_PEOPLE } from '../../support/unlimited.ts';

/** In the order of a deployed Room: D1 gets messages after a second, cursors are stored later, and the Room settles last. */
const VARS = { ROOM_COLLECT_CURSORS_MS: '1500', ROOM_SETTLE_MS: '3000' };
const QUIET_FOR_MS = 4_000;
const BURST = 100;

const edgewise = sharedEdgewise({ vars: { ...UNLIMITED_PEOPLE, ...VARS } });
const { ada } = edgewise.people('Ada');
let groupId: string;
let author: TestSocket;
let root: Message;
let counter: RoomCounter;

beforeAll(async () => {
  groupId = (await ada.createGroup()).id;
  counter = new RoomCounter(edgewise.url, groupId, QUIET_FOR_MS);
  author = await open(ada);
  root = await say('root');
  // The first reply makes its author a follower of the thread, which is a row of its own.
  await say('reply', { parentId: root.id });
}, 60_000);

async function open(person: Person): Promise<TestSocket> {
  const socket = await person.connect(groupId);
  await socket.next('thread_state');
  return socket;
}

async function say(content: string, more: object = {}): Promise<Message> {
  author.send({ type: 'message', id: uuidv7(), content, ...more });
  return (await author.next('message')).message;
}

async function change(frame: Parameters<TestSocket['send']>[0], event: 'message_update') {
  author.send(frame);
  await author.next(event);
}

async function react(): Promise<void> {
  author.send({ type: 'reaction', id: root.id, emoji: '👍', op: 'add' });
  await author.next('reaction_update');
}

async function sayOften(): Promise<void> {
  for (let n = 0; n < BURST; n += 1) {
    await say(`message ${n}`);
    await sleep(10);
  }
}

/** `docs/cost.md` has the same table. The goals are those of the architecture. */
test.each([
  ['a message on its own', { room: 5, d1: 3 }, () => say('alone'), 1],
  [
    'an edit',
    { room: 5, d1: 3 },
    () => change({ type: 'edit_message', id: root.id, content: 'b' }, 'message_update'),
    1,
  ],
  ['a reaction', { room: 5, d1: 3 }, react, 1],
  [
    'a reply in a thread that its author follows',
    { room: 7, d1: 4 },
    () => say('again', { parentId: root.id }),
    1,
  ],
  ['a message of a burst', { room: 3, d1: 2.2 }, sayOften, BURST],
  ['silence with an open socket', { room: 0, d1: 0 }, () => sleep(2_000), 1],
])(
  'rows of %s',
  async (_, most, work, times) => {
    await counter.start();
    await work();
    const { room, d1 } = await counter.stop();
    expect(room / times).toBeLessThanOrEqual(most.room);
    expect(d1 / times).toBeLessThanOrEqual(most.d1);
  },
  120_000,
);
