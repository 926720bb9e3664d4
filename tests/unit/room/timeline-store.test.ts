import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { expect, test } from 'vitest';
import type { Message } from '../../../protocol/models.ts';
import { type NodeRoom, nodeRoom, person } from '../../support/node-room.ts';

const [ada, grace] = [person('Ada').id, person('Grace').id];
const TIMELINE = { timeline: true } as const;
const MANY = 100_000;

const happening = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('message'), mine: fc.boolean() }) },
  // Long runs of replies, beyond what one statement reads.
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('replies'),
      count: fc.oneof(fc.nat(3), fc.integer({ min: 60, max: 200 })),
      to: fc.nat(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('reply to all'), to: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('joins'), count: fc.nat(80) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('deletion'), of: fc.nat() }) },
);
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

function say(room: NodeRoom, userId: string, more: { parentId?: string; alsoToGroup?: boolean }) {
  const sent = room.conversation.send(userId, { id: uuidv7(), content: `<@${grace}>`, ...more });
  if (!sent.ok) throw new Error(sent.failure.detail);
}

function happen(room: NodeRoom, all: readonly Happening[]): void {
  let joined = 0;
  const rows = () => room.store.messages.changed(0, MANY);
  const rootId = (nth: number) => {
    const roots = rows().filter((row) => !row.parentId && !row.system && !row.deletedAt);
    return roots[nth % Math.max(roots.length, 1)]?.id;
  };
  for (const it of all) {
    if ('mine' in it) say(room, it.mine ? grace : ada, {});
    else if ('of' in it) {
      const written = rows().filter((row) => !row.system && !row.deletedAt);
      const id = written[it.of % Math.max(written.length, 1)]?.id;
      if (id !== undefined) room.conversation.delete(ada, id);
    } else if ('to' in it) {
      const parentId = rootId(it.to);
      if (parentId === undefined) continue;
      if ('count' in it) for (let n = 0; n < it.count; n += 1) say(room, ada, { parentId });
      else say(room, ada, { parentId, alsoToGroup: true });
    } else {
      for (let n = 0; n < it.count; n += 1) room.membership.join(person(`Guest-${joined++}`));
    }
  }
}

/** Expects every way to read the timeline to find what a look at all rows finds. */
function expectAgrees(room: NodeRoom): void {
  const { messages } = room.store;
  const all = messages.changed(0, MANY).sort((a, b) => a.seq - b.seq);
  const shown = all.filter((row) => row.parentId === undefined || row.alsoToGroup === true);
  const isUnread = (row: Message) => !row.system && row.userId !== grace && !row.deletedAt;
  expect(messages.after(TIMELINE, 0, MANY)).toEqual(shown);
  const last = shown.findLast((row) => !row.system && !row.deletedAt);
  expect(messages.timeline.newestShown()?.seq).toBe(last?.seq);
  const places = [0, ...all.filter((_, nth) => nth % 13 === 0).map(({ seq }) => seq), MANY];
  for (const seq of places) {
    const [older, newer] = [shown.filter((it) => it.seq < seq), shown.filter((it) => it.seq > seq)];
    for (const limit of [1, 7]) {
      expect(messages.before(TIMELINE, seq, limit)).toEqual(older.slice(-limit));
      expect(messages.after(TIMELINE, seq, limit)).toEqual(newer.slice(0, limit));
    }
    const unread = newer.filter(isUnread);
    const mentions = unread.filter((row) => row.mentions?.includes(grace)).length;
    const counted = messages.timeline.countUnread(grace, seq, MANY);
    expect(counted).toEqual({ unread: unread.length, mentions });
    expect(messages.timeline.countUnread(grace, seq, 2).unread).toBe(Math.min(unread.length, 2));
  }
}

test('pages, counts and the newest message are right, whatever stands between the messages of the timeline', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 12 }), (all) => {
      const room = nodeRoom(['Grace']);
      happen(room, all);
      expectAgrees(room);
    }),
    { numRuns: 25 },
  );
});

test('they are right for rows that came back from the mirror, and for those that follow', () => {
  const forget = 'UPDATE messages SET timeline_before = NULL, written_before = NULL';
  fc.assert(
    fc.property(
      fc.array(happening, { maxLength: 8 }),
      fc.array(happening, { maxLength: 4 }),
      (before, after) => {
        const room = nodeRoom(['Grace']);
        happen(room, before);
        room.sql.exec(forget);
        // While a group is loaded its newest messages are read already.
        expectAgrees(room);
        room.store.messages.restored();
        expectAgrees(room);
        happen(room, after);
        expectAgrees(room);
      },
    ),
    { numRuns: 15 },
  );
});

test('of rows that came back, every 64th says where its readers go on, unless it is one that they look for', () => {
  const room = nodeRoom(['Grace']);
  say(room, ada, {});
  const [root] = room.store.messages.before(TIMELINE, MANY, 1);
  if (!root) throw new Error('there is no root');
  for (let n = 0; n < 200; n += 1) say(room, ada, { parentId: root.id });
  room.sql.exec('UPDATE messages SET timeline_before = NULL, written_before = NULL');
  room.store.messages.restored();
  const known = room.sql
    .exec('SELECT timeline_before, written_before FROM messages WHERE timeline_before IS NOT NULL')
    .toArray();
  expect(known).toEqual(
    Array.from({ length: 3 }, () => ({ timeline_before: root.seq, written_before: root.seq })),
  );
});
