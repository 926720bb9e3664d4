import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { FRAME_BYTES, MESSAGE_CHARACTERS } from '../../../protocol/limits.ts';
import { MessagePage } from '../../../protocol/rest.ts';
import {
  changesAfter,
  connectedGroup,
  connectNewMember,
  messageFrame,
} from '../../support/connected-group.ts';
import { describeWarmAndEvicted, sharedEdgewise } from '../../support/shared-edgewise.ts';

const edgewise = sharedEdgewise();
const { ada, grace } = edgewise.people('Ada', 'Grace');

describeWarmAndEvicted(edgewise, 'a Room', (maybeEvict) => {
  it('sends a message to both members once, with one rev, the sender included', async () => {
    const { groupId, adaSocket, graceSocket, state } = await connectedGroup(ada, grace);
    await maybeEvict(groupId);
    const sent = messageFrame('hello');
    adaSocket.send(sent);
    const mine = await adaSocket.next('message');
    const theirs = await graceSocket.next('message');
    expect(mine).toEqual(theirs);
    expect(mine).toMatchObject({
      rev: state.rev + 1,
      message: { id: sent.id, seq: state.rev + 1, rev: state.rev + 1, userId: ada.userId, groupId },
    });
    await graceSocket.sync();
    expect(graceSocket.events.filter((event) => event.type === 'message')).toHaveLength(1);
  });

  it('puts the messages of two concurrent senders into one order', async () => {
    const { groupId, adaSocket, graceSocket, state } = await connectedGroup(ada, grace);
    await maybeEvict(groupId);
    for (let n = 0; n < 10; n += 1) {
      adaSocket.send(messageFrame(`ada ${n}`));
      graceSocket.send(messageFrame(`grace ${n}`));
    }
    const last = (event: { rev: number }) => event.rev === state.rev + 20;
    await adaSocket.next('message', last);
    await graceSocket.next('message', last);
    const received = (socket: typeof adaSocket) =>
      socket.events.filter((event) => event.type === 'message');
    expect(received(adaSocket)).toEqual(received(graceSocket));
    expect(received(adaSocket).map((event) => event.rev)).toEqual(
      Array.from({ length: 20 }, (_, n) => state.rev + 1 + n),
    );
  });

  it('answers each frame of a burst on its own, and what is asked after a burst sees all of it', async () => {
    const { groupId, adaSocket, graceSocket, state } = await connectedGroup(ada, grace);
    const hers = messageFrame('hers');
    graceSocket.send(hers);
    await adaSocket.next('message');
    await maybeEvict(groupId);
    const sent = Array.from({ length: 12 }, (_, n) => messageFrame(`message ${n}`));
    for (const [n, frame] of sent.entries()) {
      adaSocket.send(frame);
      if (n % 4 === 1)
        adaSocket.send({ type: 'edit_message', id: hers.id, content: 'mine', ref: `refused ${n}` });
      if (n % 4 === 2) adaSocket.send(frame);
      if (n % 4 === 3) adaSocket.send({ type: 'reaction', id: frame.id, emoji: '👍', op: 'add' });
    }
    const { rev } = await adaSocket.sync();
    expect(rev).toBe(state.rev + 1 + 12 + 3);
    const refused = adaSocket.events.flatMap((event) => (event.type === 'error' ? event.ref : []));
    expect(refused).toEqual(['refused 1', 'refused 5', 'refused 9']);
    const repeats = adaSocket.events.filter((event) => event.type === 'message' && event.repeat);
    expect(repeats).toHaveLength(3);
    expect(await graceSocket.sync()).toMatchObject({ rev });
    const revs = changesAfter(graceSocket, state.rev + 1).map((event) => event.rev);
    expect(revs).toEqual(Array.from({ length: 15 }, (_, n) => state.rev + 2 + n));
    const page = await grace.api('GET', `/api/messages?groupId=${groupId}&after=${state.rev + 1}`);
    const contents = MessagePage.parse(page.body).messages.map(({ content }) => content);
    expect(contents).toEqual(sent.map(({ content }) => content));
  });

  it('answers a repeated id with the existing message, on that socket only', async () => {
    const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
    const sent = messageFrame('once');
    adaSocket.send(sent);
    const first = await adaSocket.next('message');
    await graceSocket.next('message');
    await maybeEvict(groupId);
    adaSocket.send({ ...sent, content: 'something else' });
    const again = await adaSocket.next('message');
    expect(again).toEqual({ ...first, repeat: true });
    const { rev } = await graceSocket.sync();
    expect(rev).toBe(first.rev);
    expect(graceSocket.events.filter((event) => event.type === 'message')).toHaveLength(1);
  });

  it('refuses an id that another author used', async () => {
    const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
    const sent = messageFrame('mine');
    adaSocket.send(sent);
    await graceSocket.next('message');
    await maybeEvict(groupId);
    graceSocket.send({ ...sent, ref: 'r1' });
    expect(await graceSocket.next('error')).toMatchObject({
      code: 'conflict',
      id: sent.id,
      ref: 'r1',
    });
  });

  it('sends a socket that reconnects exactly what it missed', async () => {
    const { groupId, adaSocket, graceSocket, state } = await connectedGroup(ada, grace);
    await graceSocket.close();
    for (let n = 0; n < 5; n += 1) adaSocket.send(messageFrame(`missed ${n}`));
    await adaSocket.next('message', (event) => event.message.content === 'missed 4');
    await maybeEvict(groupId);
    const back = await grace.connect(groupId, { since: state.rev, epoch: state.epoch });
    const missed = await back.next('thread_state');
    expect(missed).toMatchObject({ reset: false, rev: state.rev + 5, members: [] });
    expect(missed.messages.map((row) => row.content)).toEqual(
      [0, 1, 2, 3, 4].map((n) => `missed ${n}`),
    );
    adaSocket.send(messageFrame('live again'));
    expect(await back.next('message')).toMatchObject({ rev: state.rev + 6 });
  });

  it('sends joins, renames and departures in order with messages, and closes the sockets of a member who leaves', async () => {
    const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
    await maybeEvict(groupId);
    const renamed = await ada.api('PATCH', `/api/groups/${groupId}`, { name: 'Looms' });
    expect(renamed.status).toBe(200);
    expect(await graceSocket.next('group_update')).toMatchObject({ group: { name: 'Looms' } });
    await maybeEvict(groupId);
    expect((await grace.api('POST', `/api/groups/${groupId}/leave`)).status).toBeLessThan(300);
    expect(await graceSocket.closed).toMatchObject({ code: 4403 });
    expect(await adaSocket.next('member_update')).toMatchObject({
      member: { userId: grace.userId },
      memberCount: 1,
    });
    adaSocket.send(messageFrame('after'));
    const after = await adaSocket.next('message', (event) => event.message.content === 'after');
    expect(graceSocket.events.some((event) => 'rev' in event && event.rev === after.rev)).toBe(
      false,
    );
    const revs = adaSocket.events.flatMap((event) => ('rev' in event ? event.rev : []));
    expect(revs).toEqual(revs.map((_, n) => (revs[0] ?? 0) + n));
  });

  it('answers pings, and thread_sync from any rev', async () => {
    const { groupId, adaSocket, state } = await connectedGroup(ada, grace);
    adaSocket.send(messageFrame('one'));
    await adaSocket.next('message');
    await maybeEvict(groupId);
    adaSocket.sendText('ping');
    expect(await adaSocket.nextText()).toBe('pong');
    const since = await adaSocket.sync({ since: state.rev, epoch: state.epoch });
    expect(since).toMatchObject({ reset: false, rev: state.rev + 1 });
    expect(since.messages.map((row) => row.content)).toEqual(['one']);
    expect(await adaSocket.sync({ since: state.rev, epoch: 'another epoch' })).toMatchObject({
      reset: true,
    });
    expect(await adaSocket.sync({ since: state.rev + 2, epoch: state.epoch })).toMatchObject({
      reset: true,
    });
  });
});

describe('a frame that the Room refuses', () => {
  it.each([
    ['text that is no JSON', 'hello'],
    ['an unknown type', JSON.stringify({ type: 'shout', ref: 'x' })],
    ['no content', JSON.stringify(messageFrame('   '))],
    ['too much content', JSON.stringify(messageFrame('x'.repeat(MESSAGE_CHARACTERS + 1)))],
    [
      'an id that is no UUIDv7',
      JSON.stringify(messageFrame('x', { id: '6f0c4c5e-7a0f-4c9e-9a60-000000000000' })),
    ],
    ['a reply to what is no id', JSON.stringify({ ...messageFrame('x'), parentId: 'the first' })],
    [
      'an attachment that is no file',
      JSON.stringify({ ...messageFrame('x'), attachments: ['file'] }),
    ],
  ])('gets `invalid` and changes nothing: %s', async (_, text) => {
    const { adaSocket, graceSocket, state } = await connectedGroup(ada, grace);
    adaSocket.sendText(text);
    const error = await adaSocket.next('error');
    expect(error.code).toBe('invalid');
    expect(error.message).toMatch(/\.$/);
    expect((await graceSocket.sync()).rev).toBe(state.rev);
  });

  it('names the message and the field', async () => {
    const { adaSocket } = await connectedGroup(ada, grace);
    const sent = messageFrame('');
    adaSocket.send({ ...sent, ref: 'r7' });
    expect(await adaSocket.next('error')).toMatchObject({
      ref: 'r7',
      id: sent.id,
      message: expect.stringContaining('content'),
    });
  });

  it('over 64 KiB closes the socket with 4413', async () => {
    const { adaSocket } = await connectedGroup(ada, grace);
    adaSocket.sendText(JSON.stringify(messageFrame('x'.repeat(FRAME_BYTES))));
    expect(await adaSocket.next('error')).toMatchObject({ code: 'too_large' });
    expect(await adaSocket.closed).toMatchObject({ code: 4413 });
  });

  it('ten times in a row closes the socket with 4400, unless a valid frame came between', async () => {
    const { adaSocket } = await connectedGroup(ada, grace);
    for (let n = 0; n < 9; n += 1) adaSocket.sendText('{}');
    adaSocket.send(messageFrame('good'));
    await adaSocket.next('message');
    for (let n = 0; n < 10; n += 1) adaSocket.sendText('{}');
    expect(await adaSocket.closed).toMatchObject({ code: 4400 });
  });

  it('over the rate limit gets a time to wait, loses nothing, and finally closes the socket with 4429', async () => {
    const { adaSocket, graceSocket } = await connectedGroup(ada, grace);
    const sent = Array.from({ length: 40 }, (_, n) => messageFrame(`message ${n}`));
    for (const frame of sent) adaSocket.send(frame);
    const error = await adaSocket.next('error');
    expect(error).toMatchObject({ code: 'rate_limited' });
    expect(error.retryAfterMs).toBeGreaterThan(0);
    expect(sent.map((frame) => frame.id)).toContain(error.id);
    graceSocket.send(messageFrame('others are not held up'));
    await graceSocket.next('message', (event) => event.message.userId === grace.userId);
    for (let n = 0; n < 300; n += 1) adaSocket.send(messageFrame('flood'));
    expect(await adaSocket.closed).toMatchObject({ code: 4429 });
  });
});

describe('a socket', () => {
  it('of a non-member closes with 4403 for a public group, and 4404 for a private or missing one', async () => {
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

  it('is one of at most ten for a user in a group: the next gets an error and closes with 4429', async () => {
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

  it('receives the state first and each rev once, also when it opens while others send', async () => {
    const { groupId, adaSocket } = await connectedGroup(ada, grace);
    for (let n = 0; n < 25; n += 1) adaSocket.send(messageFrame(`message ${n}`));
    const late = await grace.connect(groupId);
    await adaSocket.next('message', (event) => event.message.content === 'message 24');
    await late.sync();
    const [first, ...others] = late.events;
    expect(first?.type).toBe('thread_state');
    const revs = others.flatMap((event) => (event.type === 'message' ? event.rev : []));
    expect(revs).toEqual(
      [...new Set(revs)].filter((rev) => rev > (first && 'rev' in first ? first.rev : 0)),
    );
  });

  it('receives events in fewer frames if more arrive at once than the Room could send by themselves', async () => {
    const group = await ada.createGroup();
    const names = Array.from({ length: 8 }, (_, n) => `P${n + 1}`);
    const people = await Promise.all(names.map((name) => edgewise.signIn(name)));
    const sockets = [];
    for (const person of people) sockets.push(await connectNewMember(person, group.id));
    // Each frame goes to eighty.
    for (const person of people) {
      for (let n = 1; n < 10; n += 1) await person.connect(group.id);
    }
    const [listener] = sockets;
    if (!listener) throw new Error('no socket');
    for (let n = 0; n < 25; n += 1)
      for (const socket of sockets) socket.send(messageFrame(`m ${n}`));
    let count = 0;
    while (count < 100) {
      await listener.next('message', (event) => !event.message.system);
      count += 1;
    }
    expect(listener.frames.length).toBeLessThan(0.8 * listener.events.length);
  });
});
