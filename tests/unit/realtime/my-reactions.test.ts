import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ClientFrame } from '../../../protocol/client-frames.ts';
import { ok, type Result } from '../../../protocol/errors.ts';
import type { Message, Reaction } from '../../../protocol/models.ts';
import type { ReceivedEvent } from '../../../web/realtime/connection/parse-frame.ts';
import { hasReacted } from '../../../web/realtime/message.ts';
import { openOutboxStore } from '../../../web/realtime/outbox/store.ts';
import { GroupSync } from '../../../web/realtime/sync/group-sync.ts';
import { ADA, GROUP_ID, messageAt, stateAt } from '../../support/group-events.ts';
import { type ManualClock, manualClock } from '../../support/manual-clock.ts';

const MANY = Array.from({ length: 150 }, (_, n) => `user_${n}`);
/** A message with 150 reactions, which names the latest hundred users. */
const POPULAR = messageAt(10, {
  reactions: [{ emoji: '🎉', count: 150, userIds: MANY.slice(50) }],
});
const MINE: Reaction[] = [{ emoji: '🎉', count: 150, userIds: [ADA.id, ...MANY.slice(1)] }];

let clock: ManualClock;
let groupSync: GroupSync;
let sent: ClientFrame[];
let asked: number;
let answer: (reactions: Result<{ items: Reaction[] }>) => void;

beforeEach(async () => {
  clock = manualClock();
  sent = [];
  asked = 0;
  groupSync = new GroupSync({
    userId: ADA.id,
    groupId: GROUP_ID,
    store: openOutboxStore(),
    clock,
    send: (frame) => sent.push(frame),
    fetchMessage: async () => ok(POPULAR),
    fetchReactions: () => {
      asked += 1;
      return new Promise((resolve) => {
        answer = resolve;
      });
    },
    applied: () => undefined,
    adopted: () => undefined,
    changed: () => undefined,
    upload: () => undefined,
    answerLate: () => undefined,
  });
  await groupSync.outbox.open();
  groupSync.receive([stateAt(10, { messages: [POPULAR] })]);
});
afterEach(() => groupSync.close());

/** The message as shown. */
function shown(): Message {
  return groupSync.myReactions.withMine(groupSync.replica.row(POPULAR.id) ?? POPULAR);
}

const mine = () => hasReacted(shown(), '🎉', ADA.id);

const reacts = (rev: number, op: 'add' | 'remove', userId = ADA.id): ReceivedEvent => {
  const { id, seq } = POPULAR;
  return { type: 'reaction_update', rev, id, seq, emoji: '🎉', userId, op, count: 150 };
};

const unacknowledged = () => [...groupSync.outbox.view.changes.keys()];

test('where not all users are named, the client asks once whether I reacted, and shows it', async () => {
  expect(mine()).toBeUndefined();
  const both = [groupSync.hasReacted(POPULAR.id, '🎉'), groupSync.hasReacted(POPULAR.id, '🎉')];
  answer(ok({ items: MINE }));
  expect(await Promise.all(both)).toEqual([true, true]);
  expect(await groupSync.hasReacted(POPULAR.id, '👀')).toBe(false);
  expect(asked).toBe(1);
  expect(mine()).toBe(true);
  expect(shown()).toBe(shown());
});

test('my reaction can be removed, and is gone once acknowledged', async () => {
  const known = groupSync.hasReacted(POPULAR.id, '🎉');
  answer(ok({ items: MINE }));
  await known;
  groupSync.outbox.change({ type: 'reaction', messageId: POPULAR.id, emoji: '🎉', op: 'remove' });
  await turn();
  expect(sent.at(-1)).toMatchObject({ type: 'reaction', op: 'remove' });
  // Another user edits the message: my absence from the named users means nothing.
  const edited = { ...POPULAR, rev: 11, content: 'edited' };
  groupSync.receive([{ type: 'message_update', rev: 11, message: edited }]);
  expect(unacknowledged()).toEqual([POPULAR.id]);
  groupSync.receive([reacts(12, 'remove')]);
  expect(unacknowledged()).toEqual([]);
  expect(mine()).toBeUndefined();
  expect(await groupSync.hasReacted(POPULAR.id, '🎉')).toBe(false);
});

test('a repeated reaction is settled, though nothing changes', async () => {
  groupSync.outbox.change({ type: 'reaction', messageId: POPULAR.id, emoji: '🎉', op: 'add' });
  await turn();
  expect(unacknowledged()).toEqual([POPULAR.id]);
  clock.pass(1_000);
  await turn();
  expect(unacknowledged()).toEqual([POPULAR.id]);
  answer(ok({ items: MINE }));
  await turn();
  expect(unacknowledged()).toEqual([]);
});

test('my change during the request is not undone by the response', async () => {
  const known = groupSync.hasReacted(POPULAR.id, '🎉');
  groupSync.receive([reacts(11, 'remove')]);
  answer(ok({ items: MINE }));
  expect(await known).toBe(false);
});

test('my reaction stays mine when others displace me from the named users', () => {
  groupSync.receive([reacts(11, 'add')]);
  for (let n = 0; n < 100; n += 1) groupSync.receive([reacts(12 + n, 'add', `late_${n}`)]);
  expect(groupSync.replica.row(POPULAR.id)?.reactions?.[0]?.userIds).not.toContain(ADA.id);
  expect(mine()).toBe(true);
});

test('after a lost connection the client asks again', async () => {
  const known = groupSync.hasReacted(POPULAR.id, '🎉');
  answer(ok({ items: MINE }));
  await known;
  groupSync.receive([stateAt(10, { reset: false })]);
  expect(mine()).toBeUndefined();
  void groupSync.hasReacted(POPULAR.id, '🎉');
  expect(asked).toBe(2);
});
