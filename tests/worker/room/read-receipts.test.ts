import { expect, it, test } from 'vitest';
import { EventList } from '../../../protocol/long-poll.ts';
import type { Receipt } from '../../../protocol/server-events.ts';
import { UserSettings } from '../../../protocol/settings.ts';
import { connectedGroup, connectNewMember, say } from '../../support/connected-group.ts';
import { eventually } from '../../support/eventually.ts';
import { emptyRoom, mirrorComplete } from '../../support/mirror.ts';
import type { Person } from '../../support/person.ts';
import { describeWarmAndEvicted, sharedEdgewise } from '../../support/shared-edgewise.ts';
import type { TestSocket } from '../../support/test-socket.ts';

const edgewise = sharedEdgewise();
const { ada, grace, linus } = edgewise.people('Ada', 'Grace', 'Linus');

/** Switches a person's read receipts on or off, and waits until the Room of this group knows it. */
async function switchReceipts(who: Person, groupId: string, readReceipts: boolean): Promise<void> {
  const changed = await who.api('PATCH', '/api/users/me/settings', { readReceipts });
  expect(changed.as(UserSettings).readReceipts).toBe(readReceipts);
  await eventually(async () => {
    const off = await edgewise.roomSql(
      groupId,
      'SELECT user_id FROM preferences WHERE read_receipts = 0',
    );
    expect(off.map((row) => row['user_id']).includes(who.userId)).toBe(!readReceipts);
  });
}

async function read(socket: TestSocket, { userId }: Person, seq: number): Promise<void> {
  socket.send({ type: 'thread_read', seq, mark: 0 });
  await socket.next('receipt_update', (it) => it.userId === userId && it.readSeq === seq);
}

const of = (receipts: Receipt[], { userId }: Person) =>
  receipts.find((receipt) => receipt.userId === userId);

/** What a polling client gets of Grace's cursor: the receipt in the state, and the events after it. */
async function polled(who: Person, groupId: string) {
  const answer = await who.api('GET', `/api/groups/${groupId}/changes?client=tab&wait=0`);
  const [state, ...events] = answer.as(EventList);
  if (state?.type !== 'thread_state') throw new Error('no state');
  return {
    receipt: of(state.receipts, grace),
    events: events.filter(
      (event) => event.type === 'receipt_update' && event.userId === grace.userId,
    ),
  };
}

describeWarmAndEvicted(edgewise, 'read receipts', (maybeEvict) => {
  it('that were switched off are taken back at once, over the socket, the long poll and for new clients', async () => {
    const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
    await linus.join(groupId);
    const { seq } = await say(adaSocket, 'read this');
    await polled(linus, groupId);
    await read(graceSocket, grace, seq);
    const { userId } = grace;
    await adaSocket.next('receipt_update', (it) => it.userId === userId && it.readSeq === seq);
    await maybeEvict(groupId);
    await switchReceipts(grace, groupId, false);
    const unread = { userId, readSeq: 0, deliveredSeq: seq };
    expect(
      await adaSocket.next('receipt_update', (it) => it.userId === userId && it.readSeq === 0),
    ).toEqual({ type: 'receipt_update', ...unread });
    await maybeEvict(groupId);
    expect(of((await adaSocket.sync()).receipts, grace)).toEqual(unread);
    const { receipt, events } = await polled(linus, groupId);
    expect(receipt).toEqual(unread);
    expect(JSON.stringify(events)).not.toContain('readAt');
    // Her own clients keep their place.
    expect((await graceSocket.sync()).me.readSeq).toBe(seq);
    await switchReceipts(grace, groupId, true);
    const shown = { userId, readSeq: seq, readAt: expect.any(Number), deliveredSeq: seq };
    expect(
      await adaSocket.next('receipt_update', (it) => it.userId === userId && it.readSeq === seq),
    ).toMatchObject(shown);
    await maybeEvict(groupId);
    expect(of((await adaSocket.sync()).receipts, grace)).toEqual(shown);
  });

  it('while off show others only what was delivered, and the reader nothing of theirs', async () => {
    const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
    const linusSocket = await connectNewMember(linus, groupId);
    const phone = await grace.connect(groupId);
    await phone.next('thread_state');
    await switchReceipts(grace, groupId, false);
    await maybeEvict(groupId);
    const { seq } = await say(adaSocket, 'read this');
    await polled(linus, groupId);
    await read(graceSocket, grace, seq);
    await phone.next('receipt_update', (it) => it.userId === grace.userId && it.readSeq === seq);
    await linusSocket.next('receipt_update', (it) => it.deliveredSeq === seq);
    await maybeEvict(groupId);
    await read(adaSocket, ada, seq);
    await linusSocket.next('receipt_update', (it) => it.userId === ada.userId);
    // Everything that was sent before a state has arrived with it.
    const states = await Promise.all([adaSocket, linusSocket, graceSocket].map((it) => it.sync()));
    const [ofAda, ofLinus, ofGrace] = states.map(({ receipts }) => receipts);
    const unread = { userId: grace.userId, readSeq: 0, deliveredSeq: seq };
    expect([of(ofAda ?? [], grace), of(ofLinus ?? [], grace)]).toEqual([unread, unread]);
    expect(of(ofGrace ?? [], ada)).toEqual({ ...unread, userId: ada.userId });
    expect(of(ofGrace ?? [], grace)).toMatchObject({ readSeq: seq });
    for (const [socket, other] of [
      [adaSocket, grace],
      [linusSocket, grace],
      [graceSocket, ada],
      [phone, ada],
    ] as const) {
      const told = socket.events.filter(
        (event) => event.type === 'receipt_update' && event.userId === other.userId,
      );
      for (const event of told) {
        expect(event).not.toHaveProperty('readAt');
        expect(event).not.toMatchObject({ readSeq: seq });
      }
    }
    const { receipt, events } = await polled(linus, groupId);
    expect(receipt).toEqual(unread);
    expect(JSON.stringify(events)).not.toMatch(/readAt|readSeq":[^0]/);
    await switchReceipts(grace, groupId, true);
  });

  it('of someone who has them off are off in a group that they join or are added to', async () => {
    const first = await ada.createGroup();
    await grace.join(first.id);
    await switchReceipts(grace, first.id, false);
    const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
    await maybeEvict(groupId);
    const { seq } = await say(adaSocket, 'read this');
    await read(graceSocket, grace, seq);
    await maybeEvict(groupId);
    expect(of((await adaSocket.sync()).receipts, grace)).toMatchObject({ readSeq: 0 });
    const direct = await ada.createDirect([grace]);
    await switchReceipts(grace, direct.id, false);
    await switchReceipts(grace, first.id, true);
  });
});

test('read receipts that are off stay off in a Room that lost its storage and loads itself back', async () => {
  const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
  const { seq } = await say(adaSocket, 'read this');
  await switchReceipts(grace, groupId, false);
  await read(graceSocket, grace, seq);
  await mirrorComplete(edgewise, groupId);
  await emptyRoom(edgewise, groupId);
  const again = await ada.connect(groupId);
  const { receipts } = await again.next('thread_state');
  expect(of(receipts, grace)).toEqual({ userId: grace.userId, readSeq: 0, deliveredSeq: seq });
  await switchReceipts(grace, groupId, true);
});

test('invalid settings are refused, and nothing changes', async () => {
  const refused = await ada.api('PATCH', '/api/users/me/settings', { readReceipts: 'no' });
  expect(refused.status).toBe(422);
  const mine = (await ada.api('GET', '/api/users/me/settings')).as(UserSettings);
  expect(mine.readReceipts).toBe(true);
});
