import { describe, expect, it, test } from 'vitest';
import { MEMBERS_IN_STATE, OFFLINE_AFTER_MS, USERS_WATCHED } from '../../../protocol/limits.ts';
import { EventList } from '../../../protocol/long-poll.ts';
import type { ServerEvent } from '../../../protocol/server-events.ts';
import { expectInvalid } from '../../support/connected-group.ts';
import { largeGroup } from '../../support/large-group.ts';
import type { Person } from '../../support/person.ts';
import { describeWarmAndEvicted, sharedEdgewise } from '../../support/shared-edgewise.ts';
import type { TestSocket } from '../../support/test-socket.ts';

/** How long a Room collects changes in a large group. */
const COLLECT_MS = 2_000;
const OFFLINE_WITHIN_MS = OFFLINE_AFTER_MS + 15_000;
const TEST_MS = 60_000;
const MANY = 30;

const edgewise = sharedEdgewise();
const { ada, grace, linus } = edgewise.people('Ada', 'Grace', 'Linus');

async function connect(person: Person, groupId: string): Promise<TestSocket> {
  const socket = await person.connect(groupId);
  await socket.next('thread_state');
  return socket;
}

const watch = (socket: TestSocket, ...people: Pick<Person, 'userId'>[]) =>
  socket.send({ type: 'presence_watch', userIds: people.map(({ userId }) => userId) });

const counted = (socket: TestSocket, count: number | null) =>
  socket.next('presence_count', (event) => event.count === count, OFFLINE_WITHIN_MS);

const updateOf = (socket: TestSocket, { userId }: Person, state: string) =>
  socket.next(
    'presence_update',
    (event) => event.userId === userId && event.state === state,
    OFFLINE_WITHIN_MS,
  );

const updates = (events: readonly ServerEvent[]) =>
  events.filter((event) => event.type === 'presence_update');

describeWarmAndEvicted(edgewise, 'in a large group', (maybeEvict) => {
  it(
    'whoever comes or goes is counted, and announced to nobody',
    async () => {
      const groupId = await largeGroup(edgewise, [ada, grace]);
      const adaSocket = await ada.connect(groupId);
      expect(await adaSocket.next('thread_state')).toMatchObject({ presentCount: 1, presence: [] });
      await maybeEvict(groupId);
      const graceSocket = await grace.connect(groupId);
      const state = await graceSocket.next('thread_state');
      expect(state).toMatchObject({ presentCount: 2, presence: [] });
      await counted(adaSocket, 2);
      await maybeEvict(groupId);
      expect(await adaSocket.sync()).toMatchObject({ presentCount: 2, presence: [] });
      await graceSocket.close();
      await maybeEvict(groupId);
      await counted(adaSocket, 1);
      expect(updates(adaSocket.events)).toEqual([]);
    },
    TEST_MS,
  );

  it('a client gets the presence of those whom it watches, and of no others', async () => {
    const groupId = await largeGroup(edgewise, [ada, grace, linus]);
    const adaSocket = await connect(ada, groupId);
    const graceSocket = await connect(grace, groupId);
    await counted(adaSocket, 2);
    const nobody = { userId: 'user_other1' };
    watch(adaSocket, grace, nobody);
    await updateOf(adaSocket, grace, 'online');
    expect(updates(adaSocket.events)).toEqual([
      { type: 'presence_update', userId: grace.userId, state: 'online' },
      { type: 'presence_update', userId: nobody.userId, state: 'offline' },
    ]);
    await maybeEvict(groupId);
    const linusSocket = await connect(linus, groupId);
    linusSocket.send({ type: 'presence', state: 'away' });
    await linusSocket.sync();
    graceSocket.send({ type: 'presence', state: 'away' });
    await updateOf(adaSocket, grace, 'away');
    const away = [{ userId: grace.userId, state: 'away' }];
    expect((await adaSocket.sync()).presence).toEqual(away);
    expect((await linusSocket.sync()).presence).toEqual([]);

    watch(adaSocket, linus);
    await updateOf(adaSocket, linus, 'away');
    await maybeEvict(groupId);
    const before = updates(adaSocket.events).length;
    graceSocket.send({ type: 'presence', state: 'online' });
    await graceSocket.sync();
    linusSocket.send({ type: 'presence', state: 'online' });
    await updateOf(adaSocket, linus, 'online');
    expect(updates(adaSocket.events).slice(before)).toHaveLength(1);
    expect(updates(graceSocket.events)).toEqual([]);
  });

  it('a socket remembers as many of the longest ids as may be watched', async () => {
    const groupId = await largeGroup(edgewise, [ada, grace]);
    const adaSocket = await connect(ada, groupId);
    const long = Array.from({ length: USERS_WATCHED - 1 }, (_, n) => ({
      userId: `user_${n}`.padEnd(64, 'x'),
    }));
    watch(adaSocket, ...long, grace);
    await updateOf(adaSocket, grace, 'offline');
    await maybeEvict(groupId);
    await connect(grace, groupId);
    await updateOf(adaSocket, grace, 'online');
  });

  it('a client that polls watches as well, and asks again when the Room has forgotten it', async () => {
    const groupId = await largeGroup(edgewise, [ada, grace]);
    const graceSocket = await connect(grace, groupId);
    const path = `/api/groups/${groupId}`;
    const poll = async (at = '', wait = 0): Promise<ServerEvent[]> => {
      const answer = await ada.api('GET', `${path}/changes?client=tab&wait=${wait}${at}`);
      return answer.status === 204 ? [] : answer.as(EventList);
    };
    const ask = async () => {
      const frames = [{ type: 'presence_watch', userIds: [grace.userId] }];
      return (await ada.api('POST', `${path}/frames`, { client: 'tab', frames })).as(EventList);
    };
    const [state] = await poll();
    if (state?.type !== 'thread_state') throw new Error('the first answer is the state');
    expect(state).toMatchObject({ presence: [], presentCount: 2 });
    const at = `&since=${state.rev}&epoch=${state.epoch}`;
    const online = { type: 'presence_update', userId: grace.userId, state: 'online' };
    expect(await ask()).toEqual([online]);
    await maybeEvict(groupId);
    const [again] = await poll(at);
    // Warm, the client is known and nothing has changed.
    if (again) {
      expect(again).toMatchObject({ type: 'thread_state', presence: [] });
      expect(await ask()).toEqual([online]);
    }
    graceSocket.send({ type: 'presence', state: 'away' });
    await graceSocket.sync();
    const theirs: ServerEvent[] = [];
    while (theirs.length === 0) theirs.push(...updates(await poll(at, 5)));
    expect(theirs).toEqual([{ ...online, state: 'away' }]);
  });
});

describeWarmAndEvicted(edgewise, 'a group that', (maybeEvict) => {
  it('becomes large counts, and is complete again when it becomes small', async () => {
    const groupId = await largeGroup(edgewise, [ada, grace], MEMBERS_IN_STATE);
    const adaSocket = await connect(ada, groupId);
    const graceSocket = await connect(grace, groupId);
    await updateOf(adaSocket, grace, 'online');
    await maybeEvict(groupId);
    await linus.join(groupId);
    await counted(adaSocket, 2);
    graceSocket.send({ type: 'presence', state: 'away' });
    await graceSocket.sync();
    expect(updates(adaSocket.events)).toHaveLength(1);
    watch(adaSocket, grace);
    await updateOf(adaSocket, grace, 'away');

    await maybeEvict(groupId);
    await linus.api('POST', `/api/groups/${groupId}/leave`);
    await counted(adaSocket, null);
    const { presence, presentCount } = await adaSocket.sync();
    const away = { userId: grace.userId, state: 'away' };
    expect([presence.length, presentCount]).toEqual([2, undefined]);
    expect(presence).toContainEqual(away);
    // To a client that watched nobody too.
    await counted(graceSocket, null);
    await updateOf(graceSocket, ada, 'online');
    await maybeEvict(groupId);
    adaSocket.send({ type: 'presence', state: 'away' });
    await updateOf(graceSocket, ada, 'away');
  });
});

describe('many who connect at once', () => {
  test(
    'cost a large group frames in proportion to them, and not to their square',
    async () => {
      const people = await Promise.all(
        Array.from({ length: MANY }, (_, n) => edgewise.signIn(`Fan ${n}`)),
      );
      const groupId = await largeGroup(edgewise, [ada, ...people]);
      const startedAt = Date.now();
      const sockets = await Promise.all(people.map((person) => person.connect(groupId)));
      const states = await Promise.all(sockets.map((socket) => socket.next('thread_state')));
      for (const [n, socket] of sockets.entries()) {
        if (states[n]?.presentCount !== MANY) await counted(socket, MANY);
      }
      const sends = (Date.now() - startedAt) / COLLECT_MS + 1;
      const events = sockets.flatMap((socket) => socket.events);
      expect(updates(events)).toEqual([]);
      expect(states.flatMap(({ presence }) => presence)).toEqual([]);
      const counts = events.filter(({ type }) => type === 'presence_count');
      expect(counts.length).toBeLessThanOrEqual(MANY * sends);
    },
    TEST_MS,
  );
});

describe('an invalid watch', () => {
  it.each([
    ['userIds', { type: 'presence_watch' }],
    ['userIds', { type: 'presence_watch', userIds: ['not an id'] }],
    [
      'userIds',
      {
        type: 'presence_watch',
        userIds: Array.from({ length: USERS_WATCHED + 1 }, (_, n) => `user_${n}`),
      },
    ],
  ])('is answered with `invalid`, naming %s', async (field, frame) => {
    const { id } = await ada.createGroup();
    await expectInvalid(await connect(ada, id), frame, field);
  });
});
