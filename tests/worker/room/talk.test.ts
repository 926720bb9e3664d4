import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { FRAME_BYTES, MESSAGE_CHARACTERS } from '../../../protocol/limits.ts';
import { describeWarmAndEvicted, sharedEdgewise } from '../../support/shared-edgewise.ts';

const edgewise = sharedEdgewise();
const { ada, grace } = edgewise.people('Ada', 'Grace');

/** A group of Ada and Grace, with a socket of each that has its state. */
async function talking() {
  const group = await ada.createGroup();
  await grace.join(group.id);
  const adas = await ada.connect(group.id);
  const graces = await grace.connect(group.id);
  const state = await adas.next('thread_state');
  await graces.next('thread_state');
  return { groupId: group.id, adas, graces, state };
}

const message = (content: string, id = uuidv7()) => ({ type: 'message', id, content }) as const;

describeWarmAndEvicted(edgewise, 'a Room', (maybeEvict) => {
  it('tells both a message once, under one rev, the sender included', async () => {
    const { groupId, adas, graces, state } = await talking();
    await maybeEvict(groupId);
    const sent = message('hello');
    adas.send(sent);
    const mine = await adas.next('message');
    const theirs = await graces.next('message');
    expect(mine).toEqual(theirs);
    expect(mine).toMatchObject({
      rev: state.rev + 1,
      message: { id: sent.id, seq: state.rev + 1, rev: state.rev + 1, userId: ada.userId, groupId },
    });
    await graces.sync();
    expect(graces.events.filter((event) => event.type === 'message')).toHaveLength(1);
  });

  it('gives two who write at once one order', async () => {
    const { groupId, adas, graces, state } = await talking();
    await maybeEvict(groupId);
    for (let n = 0; n < 10; n += 1) {
      adas.send(message(`ada ${n}`));
      graces.send(message(`grace ${n}`));
    }
    const last = (event: { rev: number }) => event.rev === state.rev + 20;
    await adas.next('message', last);
    await graces.next('message', last);
    const heard = (socket: typeof adas) =>
      socket.events.filter((event) => event.type === 'message');
    expect(heard(adas)).toEqual(heard(graces));
    expect(heard(adas).map((event) => event.rev)).toEqual(
      Array.from({ length: 20 }, (_, n) => state.rev + 1 + n),
    );
  });

  it('answers a repeated id with the message that is there, to that socket only', async () => {
    const { groupId, adas, graces } = await talking();
    const sent = message('once');
    adas.send(sent);
    const first = await adas.next('message');
    await graces.next('message');
    await maybeEvict(groupId);
    adas.send({ ...sent, content: 'something else' });
    const again = await adas.next('message');
    expect(again).toEqual({ ...first, repeat: true });
    const { rev } = await graces.sync();
    expect(rev).toBe(first.rev);
    expect(graces.events.filter((event) => event.type === 'message')).toHaveLength(1);
  });

  it('refuses an id of somebody else', async () => {
    const { groupId, adas, graces } = await talking();
    const sent = message('mine');
    adas.send(sent);
    await graces.next('message');
    await maybeEvict(groupId);
    graces.send({ ...sent, ref: 'r1' });
    expect(await graces.next('error')).toMatchObject({ code: 'conflict', id: sent.id, ref: 'r1' });
  });

  it('brings a socket that was away to the present with what it missed, and nothing else', async () => {
    const { groupId, adas, graces, state } = await talking();
    await graces.close();
    for (let n = 0; n < 5; n += 1) adas.send(message(`missed ${n}`));
    await adas.next('message', (event) => event.message.content === 'missed 4');
    await maybeEvict(groupId);
    const back = await grace.connect(groupId, { since: state.rev, epoch: state.epoch });
    const missed = await back.next('thread_state');
    expect(missed).toMatchObject({ reset: false, rev: state.rev + 5, members: [] });
    expect(missed.messages.map((row) => row.content)).toEqual(
      [0, 1, 2, 3, 4].map((n) => `missed ${n}`),
    );
    adas.send(message('live again'));
    expect(await back.next('message')).toMatchObject({ rev: state.rev + 6 });
  });

  it('tells joins, names and departures in the same order as messages, and closes the leaver', async () => {
    const { groupId, adas, graces } = await talking();
    await maybeEvict(groupId);
    const renamed = await ada.api('PATCH', `/api/groups/${groupId}`, { name: 'Looms' });
    expect(renamed.status).toBe(200);
    expect(await graces.next('group_update')).toMatchObject({ group: { name: 'Looms' } });
    await maybeEvict(groupId);
    expect((await grace.api('POST', `/api/groups/${groupId}/leave`)).status).toBeLessThan(300);
    expect(await graces.closed).toMatchObject({ code: 4403 });
    expect(await adas.next('member_update')).toMatchObject({
      member: { userId: grace.userId },
      memberCount: 1,
    });
    adas.send(message('after'));
    const after = await adas.next('message', (event) => event.message.content === 'after');
    expect(graces.events.some((event) => 'rev' in event && event.rev === after.rev)).toBe(false);
    const revs = adas.events.flatMap((event) => ('rev' in event ? event.rev : []));
    expect(revs).toEqual(revs.map((_, n) => (revs[0] ?? 0) + n));
  });

  it('answers the keep-alive, and thread_sync from any rev', async () => {
    const { groupId, adas, state } = await talking();
    adas.send(message('one'));
    await adas.next('message');
    await maybeEvict(groupId);
    adas.sendText('ping');
    expect(await adas.nextText()).toBe('pong');
    const since = await adas.sync({ since: state.rev, epoch: state.epoch });
    expect(since).toMatchObject({ reset: false, rev: state.rev + 1 });
    expect(since.messages.map((row) => row.content)).toEqual(['one']);
    expect(await adas.sync({ since: state.rev, epoch: 'another life' })).toMatchObject({
      reset: true,
    });
    expect(await adas.sync({ since: state.rev + 2, epoch: state.epoch })).toMatchObject({
      reset: true,
    });
  });
});

describe('a frame that cannot be taken', () => {
  it.each([
    ['text that is no JSON', 'hello'],
    ['an unknown type', JSON.stringify({ type: 'shout', ref: 'x' })],
    ['no content', JSON.stringify(message('   '))],
    ['too much content', JSON.stringify(message('x'.repeat(MESSAGE_CHARACTERS + 1)))],
    [
      'an id that is no UUIDv7',
      JSON.stringify(message('x', '6f0c4c5e-7a0f-4c9e-9a60-000000000000')),
    ],
    ['a reply to what is no id', JSON.stringify({ ...message('x'), parentId: 'the first' })],
    ['an attachment', JSON.stringify({ ...message('x'), attachments: ['file'] })],
  ])('is answered with `invalid`, and changes nothing: %s', async (_, text) => {
    const { adas, graces, state } = await talking();
    adas.sendText(text);
    const error = await adas.next('error');
    expect(error.code).toBe('invalid');
    expect(error.message).toMatch(/\.$/);
    expect((await graces.sync()).rev).toBe(state.rev);
  });

  it('names the message and the field', async () => {
    const { adas } = await talking();
    const sent = message('');
    adas.send({ ...sent, ref: 'r7' });
    expect(await adas.next('error')).toMatchObject({
      ref: 'r7',
      id: sent.id,
      message: expect.stringContaining('content'),
    });
  });

  it('over 64 KiB closes the socket with 4413', async () => {
    const { adas } = await talking();
    adas.sendText(JSON.stringify(message('x'.repeat(FRAME_BYTES))));
    expect(await adas.next('error')).toMatchObject({ code: 'too_large' });
    expect(await adas.closed).toMatchObject({ code: 4413 });
  });

  it('ten times in a row closes the socket with 4400, and not when a good one came between', async () => {
    const { adas } = await talking();
    for (let n = 0; n < 9; n += 1) adas.sendText('{}');
    adas.send(message('good'));
    await adas.next('message');
    for (let n = 0; n < 10; n += 1) adas.sendText('{}');
    expect(await adas.closed).toMatchObject({ code: 4400 });
  });

  it('too soon is answered with how long to wait, loses nothing, and in the end closes with 4429', async () => {
    const { adas, graces } = await talking();
    const sent = Array.from({ length: 40 }, (_, n) => message(`message ${n}`));
    for (const frame of sent) adas.send(frame);
    const error = await adas.next('error');
    expect(error).toMatchObject({ code: 'rate_limited' });
    expect(error.retryAfterMs).toBeGreaterThan(0);
    expect(sent.map((frame) => frame.id)).toContain(error.id);
    graces.send(message('others are not held up'));
    await graces.next('message', (event) => event.message.userId === grace.userId);
    for (let n = 0; n < 300; n += 1) adas.send(message('flood'));
    expect(await adas.closed).toMatchObject({ code: 4429 });
  });
});

describe('a socket', () => {
  it('of somebody who is no member is closed: 4403 for a public group, 4404 for a hidden one or none', async () => {
    const open = await ada.createGroup();
    const hidden = await ada.createGroup({ visibility: 'private' });
    for (const [groupId, code] of [
      [open.id, 4403],
      [hidden.id, 4404],
      [uuidv7(), 4404],
    ] as const) {
      const socket = await grace.connect(groupId);
      expect(socket.protocol).toBe('edgewise.v1');
      expect(await socket.closed).toMatchObject({ code });
      expect(socket.events).toEqual([]);
    }
  });

  it('is one of at most ten of a user in a group: one more is told to wait and closed with 4429', async () => {
    const group = await ada.createGroup();
    const sockets = [];
    for (let n = 0; n < 10; n += 1) sockets.push(await ada.connect(group.id));
    for (const socket of sockets) await socket.next('thread_state');
    const refused = await ada.connect(group.id);
    expect(await refused.closed).toMatchObject({ code: 4429 });
    expect(refused.events).toMatchObject([{ type: 'error', code: 'rate_limited' }]);
    await sockets[0]?.close();
    const next = await ada.connect(group.id);
    await next.next('thread_state');
    for (const socket of [...sockets.slice(1), next]) await socket.close();
  });

  it('hears the state first, and each rev once, also when it opens while others write', async () => {
    const { groupId, adas } = await talking();
    for (let n = 0; n < 25; n += 1) adas.send(message(`message ${n}`));
    const late = await grace.connect(groupId);
    await adas.next('message', (event) => event.message.content === 'message 24');
    await late.sync();
    const [first, ...others] = late.events;
    expect(first?.type).toBe('thread_state');
    const revs = others.flatMap((event) => (event.type === 'message' ? event.rev : []));
    expect(revs).toEqual(
      [...new Set(revs)].filter((rev) => rev > (first && 'rev' in first ? first.rev : 0)),
    );
  });

  it('gets what happens at the same time in fewer frames than events', async () => {
    const group = await ada.createGroup();
    const people = await Promise.all(['P1', 'P2', 'P3', 'P4'].map((name) => edgewise.signIn(name)));
    const sockets = [];
    for (const person of people) {
      await person.join(group.id);
      const socket = await person.connect(group.id);
      await socket.next('thread_state');
      sockets.push(socket);
    }
    const [listener] = sockets;
    if (!listener) throw new Error('nobody listens');
    for (let n = 0; n < 25; n += 1) for (const socket of sockets) socket.send(message(`m ${n}`));
    let count = 0;
    while (count < 100) {
      await listener.next('message', (event) => !event.message.system);
      count += 1;
    }
    expect(listener.frames.length).toBeLessThan(listener.events.length / 2);
  });
});
