import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { OFFLINE_AFTER_MS } from '../../../protocol/limits.ts';
import type { PresenceState } from '../../../protocol/models.ts';
import {
  connectedGroup,
  connectNewMember,
  expectInvalid,
  messageFrame,
  say,
} from '../../support/connected-group.ts';
import type { Person } from '../../support/person.ts';
import { describeWarmAndEvicted, sharedEdgewise } from '../../support/shared-edgewise.ts';
import type { TestSocket } from '../../support/test-socket.ts';

/** The grace period, and a margin for slow machines. */
const OFFLINE_WITHIN_MS = OFFLINE_AFTER_MS + 15_000;
const TEST_MS = 60_000;

const edgewise = sharedEdgewise();
const { ada, grace, linus } = edgewise.people('Ada', 'Grace', 'Linus');

/** The presence of one user that a socket received, in order. */
const statesOf = (socket: TestSocket, { userId }: Person): PresenceState[] =>
  socket.events.flatMap((event) =>
    event.type === 'presence_update' && event.userId === userId ? [event.state] : [],
  );

const nextState = (socket: TestSocket, { userId }: Person, state: PresenceState) =>
  socket.next(
    'presence_update',
    (event) => event.userId === userId && event.state === state,
    OFFLINE_WITHIN_MS,
  );

const typing = (socket: TestSocket, is: boolean, parentId?: string) =>
  socket.send({ type: 'thread_typing', typing: is, ...(parentId !== undefined && { parentId }) });

describeWarmAndEvicted(edgewise, 'in a Room', (maybeEvict) => {
  describe('typing', () => {
    it('is sent to everyone with its place, and to a socket that connects meanwhile', async () => {
      const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
      const root = await say(adaSocket, 'root');
      await maybeEvict(groupId);
      const { userId } = grace;
      typing(graceSocket, true);
      typing(graceSocket, true, root.id);
      const event = { type: 'thread_typing_update', userId, typing: true };
      expect(await adaSocket.next('thread_typing_update')).toEqual({ ...event, parentId: null });
      expect(await adaSocket.next('thread_typing_update')).toEqual({ ...event, parentId: root.id });
      expect((await adaSocket.sync()).typing).toEqual([
        { userId, parentId: null },
        { userId, parentId: root.id },
      ]);
      typing(graceSocket, false);
      expect(await adaSocket.next('thread_typing_update')).toEqual({
        ...event,
        typing: false,
        parentId: null,
      });
      expect((await adaSocket.sync()).typing).toEqual([{ userId, parentId: root.id }]);
    });

    it('ends with the message, without an event of its own', async () => {
      const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
      await maybeEvict(groupId);
      typing(graceSocket, true);
      await adaSocket.next('thread_typing_update');
      await say(graceSocket, 'there it is');
      typing(graceSocket, false);
      expect((await adaSocket.sync()).typing).toEqual([]);
      await graceSocket.sync();
      expect(adaSocket.events.filter(({ type }) => type === 'thread_typing_update')).toHaveLength(
        1,
      );
    });

    it("ends when a user's last client disconnects, and not before", async () => {
      const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
      const phone = await grace.connect(groupId);
      await phone.next('thread_state');
      await maybeEvict(groupId);
      typing(graceSocket, true);
      await adaSocket.next('thread_typing_update');
      await phone.close();
      expect((await adaSocket.sync()).typing).toHaveLength(1);
      graceSocket.terminate();
      expect(await adaSocket.next('thread_typing_update')).toMatchObject({
        userId: grace.userId,
        typing: false,
      });
      expect((await adaSocket.sync()).typing).toEqual([]);
    });

    it('is stored nowhere: it takes no rev, and eviction clears it', async () => {
      const { groupId, adaSocket, graceSocket, state } = await connectedGroup(ada, grace);
      await maybeEvict(groupId);
      typing(graceSocket, true);
      await adaSocket.next('thread_typing_update');
      const tables = await edgewise.roomSql(
        groupId,
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%typ%'",
      );
      expect(tables).toEqual([]);
      const { rev } = await adaSocket.sync();
      await edgewise.evictRoom(groupId);
      const after = await adaSocket.sync();
      expect(after).toMatchObject({ rev, typing: [] });
      expect(after.epoch).toBe(state.epoch);
    });
  });

  describe('presence', () => {
    it('announces a newcomer to everyone, and tells the newcomer who is online', async () => {
      const { groupId, adaSocket } = await connectedGroup(ada, grace);
      await linus.join(groupId);
      await maybeEvict(groupId);
      const linusSocket = await linus.connect(groupId);
      const { presence } = await linusSocket.next('thread_state');
      const here = [ada, grace, linus].map(({ userId }) => ({ userId, state: 'online' }));
      expect(presence).toHaveLength(3);
      expect(presence).toEqual(expect.arrayContaining(here));
      await nextState(adaSocket, linus, 'online');
      const phone = await linus.connect(groupId);
      await phone.next('thread_state');
      await adaSocket.sync();
      expect(statesOf(adaSocket, linus)).toEqual(['online']);
    });

    it('is away once all clients of a user are away', async () => {
      const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
      const phone = await grace.connect(groupId);
      await phone.next('thread_state');
      await maybeEvict(groupId);
      graceSocket.send({ type: 'presence', state: 'away' });
      await graceSocket.sync();
      expect(statesOf(adaSocket, grace)).not.toContain('away');
      await maybeEvict(groupId);
      phone.send({ type: 'presence', state: 'away' });
      await nextState(adaSocket, grace, 'away');
      expect((await adaSocket.sync()).presence).toContainEqual({
        userId: grace.userId,
        state: 'away',
      });
      await maybeEvict(groupId);
      graceSocket.send({ type: 'presence', state: 'online' });
      await nextState(adaSocket, grace, 'online');
      await graceSocket.close();
      await nextState(adaSocket, grace, 'away');
    });

    it(
      'is offline some time after the last client disconnects, and does not change during a reload',
      async () => {
        const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
        const linusSocket = await connectNewMember(linus, groupId);
        await maybeEvict(groupId);
        await graceSocket.close();
        const reloaded = await grace.connect(groupId);
        expect((await reloaded.next('thread_state')).presence).toContainEqual({
          userId: grace.userId,
          state: 'online',
        });
        linusSocket.terminate();
        await maybeEvict(groupId);
        await nextState(adaSocket, linus, 'offline');
        const { presence } = await adaSocket.sync();
        expect(presence.map(({ userId }) => userId).sort()).toEqual(
          [ada.userId, grace.userId].sort(),
        );
        expect(statesOf(adaSocket, grace)).not.toContain('offline');
      },
      TEST_MS,
    );

    it(
      'ends for a member who leaves the group',
      async () => {
        const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
        await maybeEvict(groupId);
        await grace.api('POST', `/api/groups/${groupId}/leave`);
        await graceSocket.closed;
        await nextState(adaSocket, grace, 'offline');
        expect((await adaSocket.sync()).presence).toEqual([
          { userId: ada.userId, state: 'online' },
        ]);
      },
      TEST_MS,
    );
  });

  it('the state is the first event on a socket, whatever happens while it connects', async () => {
    const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
    const talking = setInterval(() => adaSocket.send(messageFrame('and another thing')), 100);
    for (let n = 0; n < 5; n += 1) {
      await maybeEvict(groupId);
      typing(graceSocket, n % 2 === 0);
      const socket = await grace.connect(groupId);
      const state = await socket.next('thread_state');
      const next = await socket.next('message');
      expect(socket.events[0]).toBe(state);
      expect(next.rev).toBe(state.rev + 1);
      await socket.close();
    }
    clearInterval(talking);
  });
});

describe('an invalid ephemeral frame', () => {
  it.each([
    ['typing', { type: 'thread_typing' }],
    ['parentId', { type: 'thread_typing', typing: true, parentId: 'root' }],
    ['state', { type: 'presence', state: 'offline' }],
    ['state', { type: 'presence', state: 'dnd' }],
  ])('is answered with `invalid`, naming %s', async (field, frame) => {
    const { adaSocket } = await connectedGroup(ada, grace);
    await expectInvalid(adaSocket, frame, field);
  });

  it('from a former member reaches nobody', async () => {
    const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
    await grace.api('POST', `/api/groups/${groupId}/leave`);
    await graceSocket.closed;
    const refused = await grace.api('POST', `/api/groups/${groupId}/frames`, {
      client: uuidv7(),
      frames: [{ type: 'thread_typing', typing: true }],
    });
    expect(refused.status).toBe(403);
    expect((await adaSocket.sync()).typing).toEqual([]);
  });
});
