import { expect, test } from 'vitest';
import type { PresenceState } from '../../../protocol/models.ts';
import type { GroupReplica, PageFetch } from '../../../web/realtime/replica/group-replica.ts';
import { messageAt, messageEvent, pageOf, replicaOf, stateAt } from '../../support/group-events.ts';

/** A replica whose window starts at seq 10, with older messages on the server. */
function replicaFrom10() {
  const messages = [10, 11, 12].map((seq) => messageAt(seq));
  const replica = replicaOf();
  replica.apply(stateAt(12, { messages, hasBefore: true }));
  return { replica, messages };
}

/** Requests the page below the window. */
function older(replica: GroupReplica): PageFetch {
  const place = replica.timeline.beyond('before');
  if (!place) throw new Error('there is nothing older');
  return replica.startPage(place);
}

const seqs = (replica: GroupReplica) => replica.timeline.present.messages.map(({ seq }) => seq);

test('the next event is applied, and a repeated one changes nothing', () => {
  const { replica } = replicaFrom10();
  const next = messageAt(13);
  replica.apply(messageEvent(next));
  replica.apply(messageEvent({ ...next, content: 'something else' }));
  replica.apply(messageEvent(messageAt(9)));
  expect(replica.position?.since).toBe(13);
  expect(replica.timeline.present.messages.at(-1)).toBe(next);
  expect(replica.hasGap).toBe(false);
});

test('an event beyond a gap waits until the gap is filled', () => {
  const { replica } = replicaFrom10();
  replica.apply(messageEvent(messageAt(14)));
  expect(seqs(replica)).toEqual([10, 11, 12]);
  expect(replica.hasGap).toBe(true);
  replica.apply(messageEvent(messageAt(13)));
  expect(seqs(replica)).toEqual([10, 11, 12, 13, 14]);
  expect(replica.hasGap).toBe(false);
});

test('the requested state fills the gap', () => {
  const { replica } = replicaFrom10();
  const last = messageAt(14);
  replica.apply(messageEvent(last));
  replica.apply(stateAt(14, { reset: false, messages: [messageAt(13), last] }));
  expect(replica.position?.since).toBe(14);
  expect(seqs(replica)).toEqual([10, 11, 12, 13, 14]);
  expect(replica.hasGap).toBe(false);
});

test('a reset also moves the position back, and the next event is applied', () => {
  const { replica } = replicaFrom10();
  replica.apply(stateAt(11, { messages: [messageAt(10), messageAt(11)] }));
  replica.apply(messageEvent(messageAt(12, { content: 'another twelfth' })));
  expect(replica.position?.since).toBe(12);
  expect(seqs(replica)).toEqual([10, 11, 12]);
  expect(replica.timeline.present.messages.at(-1)?.content).toBe('another twelfth');
});

test('a state that is older than the replica changes nothing', () => {
  const { replica } = replicaFrom10();
  replica.apply(stateAt(11, { reset: false, messages: [] }));
  expect(replica.position?.since).toBe(12);
});

test("the state of a thread does not move the group's position", () => {
  const { replica } = replicaFrom10();
  replica.apply(stateAt(20, { parentId: messageAt(10).id, reset: false }));
  expect(replica.position?.since).toBe(12);
});

test('the answer to a repeated id inserts the message and does not move the position', () => {
  const { replica } = replicaFrom10();
  const mine = messageAt(14);
  replica.apply({ type: 'message', rev: 14, message: mine, repeat: true });
  expect(replica.position?.since).toBe(12);
  expect(replica.timeline.present.row(mine.id)).toBe(mine);
});

test('a row is replaced only by a higher rev', () => {
  const { replica, messages } = replicaFrom10();
  const changed = messageAt(11, { id: messages[1]?.id ?? '', rev: 13, content: 'changed' });
  replica.apply(stateAt(13, { reset: false, messages: [changed] }));
  replica.apply({
    type: 'message',
    rev: 11,
    message: { ...changed, rev: 11, content: 'as it was' },
    repeat: true,
  });
  expect(replica.timeline.present.messages[1]).toBe(changed);
  expect(seqs(replica)).toEqual([10, 11, 12]);
});

test('a row older than the window is not inserted, because the history between them is missing', () => {
  const { replica } = replicaFrom10();
  replica.apply(stateAt(13, { reset: false, messages: [messageAt(3, { rev: 13 })] }));
  expect(seqs(replica)).toEqual([10, 11, 12]);
});

test('a page joins the window, with changes during the request applied', () => {
  const { replica } = replicaFrom10();
  const fetch = older(replica);
  const old = messageAt(4);
  const changed = { ...old, rev: 13, content: 'changed meanwhile' };
  replica.apply(stateAt(13, { reset: false, messages: [changed] }));
  replica.apply(messageEvent(messageAt(14)));
  expect(fetch.request).toMatchObject({ before: 10 });
  replica.joinPage(fetch, pageOf([messageAt(3), old], 12));
  expect(seqs(replica)).toEqual([3, 4, 10, 11, 12, 14]);
  expect(replica.timeline.present.messages[1]).toEqual(changed);
  expect(replica.timeline.present.hasBefore).toBe(false);
});

test('a page requested before a reset is dropped', () => {
  const { replica } = replicaFrom10();
  const fetch = older(replica);
  replica.apply(stateAt(700, { messages: [messageAt(650)], hasBefore: true }));
  replica.joinPage(fetch, pageOf([messageAt(9)], 12));
  expect(seqs(replica)).toEqual([650]);
});

test('a page of another epoch is dropped', () => {
  const { replica } = replicaFrom10();
  const fetch = older(replica);
  replica.joinPage(fetch, { ...pageOf([messageAt(9)], 12), epoch: 'second' });
  expect(seqs(replica)).toEqual([10, 11, 12]);
});

test('a reset drops every message and member, and takes those of the state', () => {
  const { replica } = replicaFrom10();
  replica.apply(stateAt(3, { epoch: 'second', members: [], messages: [messageAt(2)] }));
  expect(replica.position).toEqual({ since: 3, epoch: 'second' });
  expect(seqs(replica)).toEqual([2]);
  expect(replica.people.members.size).toBe(0);
});

test('an unknown event with a rev advances the position and offers a new version', () => {
  const { replica } = replicaFrom10();
  replica.apply({ type: 'strange', rev: 13 });
  expect(replica.position?.since).toBe(13);
  expect(replica.newVersion).toBe(true);
});

test('an unknown event without a rev is ignored', () => {
  const { replica } = replicaFrom10();
  replica.apply({ type: 'strange' });
  expect(replica.position?.since).toBe(12);
  expect(replica.newVersion).toBe(false);
});

test('a user who left is no longer a member, but still has a name', () => {
  const { replica } = replicaFrom10();
  const [ada] = replica.people.members.values();
  if (!ada) throw new Error('Ada is missing');
  const left = { ...ada, leftAt: 5, rev: 13 };
  replica.apply({ type: 'member_update', rev: 13, member: left, memberCount: 0 });
  expect(replica.people.members.size).toBe(0);
  expect(replica.group?.memberCount).toBe(0);
  expect(replica.people.user(ada.userId)).toEqual(ada.user);
});

test('the presence map is the same object until presence changes, and earlier maps are not modified', () => {
  const { replica } = replicaFrom10();
  const before = replica.ephemeral.presence;
  expect(replica.ephemeral.presence).toBe(before);
  replica.apply({ type: 'presence_update', userId: 'user_grace', state: 'online' });
  expect([...before]).toEqual([]);
  const after = replica.ephemeral.presence;
  expect([...after]).toEqual([['user_grace', 'online']]);
  replica.apply({ type: 'presence_update', userId: 'user_grace', state: 'offline' });
  expect([...replica.ephemeral.presence]).toEqual([]);
  expect(after.size).toBe(1);
});

test('in a large group presence is a count and those who are watched; in a small one it is complete again', () => {
  const { replica } = replicaFrom10();
  const update = (userId: string, state: PresenceState) =>
    replica.apply({ type: 'presence_update', userId, state });
  update('user_grace', 'online');
  expect(replica.ephemeral.presentCount).toBeUndefined();
  replica.apply({ type: 'presence_count', count: 201 });
  expect(replica.ephemeral.presentCount).toBe(201);
  update('user_linus', 'away');
  replica.apply({ type: 'presence_count', count: null });
  update('user_hedy', 'dnd');
  expect(replica.ephemeral.presentCount).toBeUndefined();
  // What was not watched may have changed meanwhile.
  expect([...replica.ephemeral.presence]).toEqual([['user_hedy', 'dnd']]);
  replica.apply(stateAt(12, { presentCount: 300 }));
  expect(replica.ephemeral.presentCount).toBe(300);
  replica.apply(stateAt(12));
  expect(replica.ephemeral.presentCount).toBeUndefined();
});

test('a reply in a followed thread is noticed, though its root is not loaded', () => {
  const { replica } = replicaFrom10();
  const [followed, left, strange] = [messageAt(1), messageAt(2), messageAt(3)];
  const state = stateAt(12, { reset: false });
  const readThreads = [
    { parentId: followed.id, readSeq: 1, following: true },
    { parentId: left.id, readSeq: 1, following: false },
  ];
  replica.apply({ ...state, me: { ...state.me, readThreads } });
  const replies = (seq: number, parentId: string) => {
    const before = replica.replies;
    replica.apply(messageEvent(messageAt(seq, { parentId })));
    return replica.replies > before;
  };
  expect(replies(13, followed.id)).toBe(true);
  expect(replies(14, left.id)).toBe(false);
  expect(replies(15, strange.id)).toBe(false);
  const gone = { id: messageAt(5).id, seq: 5, parentId: followed.id, deletedAt: 1 };
  const before = replica.replies;
  replica.apply({ type: 'message_delete', rev: 16, ...gone });
  expect(replica.replies).toBeGreaterThan(before);
});
