import { describe, expect, it } from 'vitest';
import { RECEIPTS_MEMBERS } from '../../../protocol/limits.ts';
import type { ReceiptUpdateEvent } from '../../../protocol/server-events.ts';
import {
  connectedGroup,
  connectNewMember,
  expectInvalid,
  say,
} from '../../support/connected-group.ts';
import type { Person } from '../../support/person.ts';
import { describeWarmAndEvicted, sharedEdgewise } from '../../support/shared-edgewise.ts';
import type { TestSocket } from '../../support/test-socket.ts';
import { UNLIMITED_PEOPLE } from '../../support/unlimited.ts';

const edgewise = sharedEdgewise({ vars: UNLIMITED_PEOPLE });
const { ada, grace, linus } = edgewise.people('Ada', 'Grace', 'Linus');

const read = (socket: TestSocket, seq: number, mark = 0) =>
  socket.send({ type: 'thread_read', seq, mark });
/** Moves a cursor by hand, also back. */
const mark = (socket: TestSocket, seq: number, known = 0) =>
  socket.send({ type: 'thread_read', seq, mark: known, manual: true });

/** The events about one user's cursor in the group that a socket received. */
const receiptsOf = (socket: TestSocket, { userId }: Person) =>
  socket.events.filter(
    (event): event is ReceiptUpdateEvent =>
      event.type === 'receipt_update' && event.userId === userId && event.parentId === undefined,
  );

/** Makes a group too large for receipts, without signing a hundred users in. */
/** The Room has to read the changed row again. */
async function pretendLarge(groupId: string): Promise<void> {
  await edgewise.roomSql(groupId, 'UPDATE group_state SET member_count = ?', RECEIPTS_MEMBERS + 1);
  await edgewise.evictRoom(groupId);
}

describeWarmAndEvicted(edgewise, 'in a Room', (maybeEvict) => {
  it('a read cursor is sent to every member, and to a socket that connects later', async () => {
    const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
    const { seq } = await say(adaSocket, 'read this');
    await maybeEvict(groupId);
    read(graceSocket, seq);
    const { userId } = grace;
    const readAt = expect.any(Number);
    const moved = { userId, readSeq: seq, deliveredSeq: seq, readAt };
    expect(await adaSocket.next('receipt_update')).toEqual({ type: 'receipt_update', ...moved });
    await maybeEvict(groupId);
    const linusSocket = await connectNewMember(linus, groupId);
    const { receipts, me } = await linusSocket.sync();
    expect(receipts).toContainEqual(moved);
    // What was there before someone joins is read.
    expect(me).toMatchObject({ readSeq: seq, mark: 0, readThreads: [] });
    expect((await graceSocket.sync()).me.readSeq).toBe(seq);
  });

  it('a cursor only moves forward, and never past the last message', async () => {
    const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
    const first = await say(adaSocket, 'first');
    const last = await say(adaSocket, 'last');
    await maybeEvict(groupId);
    read(graceSocket, last.seq + 1_000);
    expect(await adaSocket.next('receipt_update')).toMatchObject({ readSeq: last.seq });
    await maybeEvict(groupId);
    read(graceSocket, first.seq);
    graceSocket.send({ type: 'thread_delivered', seq: first.seq });
    expect((await graceSocket.sync()).me.readSeq).toBe(last.seq);
    await adaSocket.sync();
    expect(receiptsOf(adaSocket, grace)).toHaveLength(1);
  });

  it('a cursor moves back when marked unread by hand, and earlier reads from any client no longer count', async () => {
    const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
    const phone = await grace.connect(groupId);
    await phone.next('thread_state');
    const first = await say(adaSocket, 'first');
    const last = await say(adaSocket, 'last');
    read(graceSocket, last.seq);
    await adaSocket.next('receipt_update', ({ readSeq }) => readSeq === last.seq);
    await maybeEvict(groupId);
    mark(graceSocket, first.seq);
    const received = await phone.next('receipt_update', (event) => event.mark !== undefined);
    expect(received).toMatchObject({ userId: grace.userId, mark: 1, readSeq: first.seq });
    expect(await adaSocket.next('receipt_update')).not.toHaveProperty('mark');
    await maybeEvict(groupId);
    read(phone, last.seq, 0);
    expect((await phone.sync()).me).toMatchObject({ readSeq: first.seq, mark: 1 });
    read(phone, last.seq, 1);
    expect((await phone.sync()).me).toMatchObject({ readSeq: last.seq, mark: 1 });
  });

  it('a delivered cursor is sent too, and is never behind the read cursor', async () => {
    const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
    const first = await say(adaSocket, 'first');
    const last = await say(adaSocket, 'last');
    await maybeEvict(groupId);
    graceSocket.send({ type: 'thread_delivered', seq: first.seq });
    const { userId } = grace;
    expect(await adaSocket.next('receipt_update')).toEqual({
      type: 'receipt_update',
      userId,
      deliveredSeq: first.seq,
    });
    read(graceSocket, last.seq);
    await adaSocket.next('receipt_update', ({ readSeq }) => readSeq === last.seq);
    await maybeEvict(groupId);
    const { receipts } = await adaSocket.sync();
    expect(receipts.find((receipt) => receipt.userId === userId)).toMatchObject({
      readSeq: last.seq,
      deliveredSeq: last.seq,
    });
  });

  it('many reads reach the other members as a few updates that end at the final position', async () => {
    const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
    const seqs: number[] = [];
    for (let n = 0; n < 50; n += 1) seqs.push((await say(adaSocket, `number ${n}`)).seq);
    await maybeEvict(groupId);
    const startedAt = Date.now();
    for (const seq of seqs) read(graceSocket, seq);
    await adaSocket.next('receipt_update', ({ readSeq }) => readSeq === seqs.at(-1), 20_000);
    const received = receiptsOf(adaSocket, grace).map(({ readSeq }) => readSeq ?? 0);
    expect(received).toEqual(received.toSorted((one, other) => one - other));
    // One at once, and one for each second that passed.
    expect(received.length).toBeLessThanOrEqual(2 + Math.ceil((Date.now() - startedAt) / 1_000));
    expect(received.length).toBeLessThan(seqs.length);
  });

  it("in a large group a cursor is sent only to its owner's clients", async () => {
    const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
    const phone = await grace.connect(groupId);
    await phone.next('thread_state');
    const { seq } = await say(adaSocket, 'read this');
    await pretendLarge(groupId);
    await adaSocket.sync();
    await maybeEvict(groupId);
    read(graceSocket, seq);
    const moved = { userId: grace.userId, readSeq: seq, deliveredSeq: seq };
    expect(await phone.next('receipt_update')).toMatchObject(moved);
    expect((await graceSocket.sync()).receipts).toMatchObject([moved]);
    expect((await adaSocket.sync()).receipts).toEqual([]);
    expect(receiptsOf(adaSocket, grace)).toEqual([]);
  });

  it('a member who left is no longer among the readers', async () => {
    const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
    const { seq } = await say(adaSocket, 'read this');
    await maybeEvict(groupId);
    read(graceSocket, seq);
    await adaSocket.next('receipt_update');
    await grace.api('POST', `/api/groups/${groupId}/leave`);
    await maybeEvict(groupId);
    expect((await adaSocket.sync()).receipts).toEqual([]);
  });

  it('a read takes no rev, so a client that resumes misses nothing', async () => {
    const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
    const { seq, rev } = await say(adaSocket, 'read this');
    const { epoch } = await adaSocket.sync();
    await maybeEvict(groupId);
    read(graceSocket, seq);
    graceSocket.send({ type: 'thread_delivered', seq });
    await adaSocket.next('receipt_update');
    expect(await adaSocket.sync({ since: rev, epoch })).toMatchObject({
      rev,
      reset: false,
      messages: [],
      members: [],
    });
  });
});

describe('an invalid cursor', () => {
  it.each([
    ['seq', { type: 'thread_read', seq: -1, mark: 0 }],
    ['seq', { type: 'thread_read', mark: 0 }],
    ['mark', { type: 'thread_read', seq: 1 }],
    ['manual', { type: 'thread_read', seq: 1, mark: 0, manual: false }],
    ['parentId', { type: 'thread_read', seq: 1, mark: 0, parentId: 'root' }],
    ['seq', { type: 'thread_delivered', seq: 1.5 }],
  ])('is answered with `invalid`, naming %s', async (field, frame) => {
    const { adaSocket } = await connectedGroup(ada, grace);
    await expectInvalid(adaSocket, frame, field);
  });
});
