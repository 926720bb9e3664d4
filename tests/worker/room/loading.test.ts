import { describe, expect, it } from 'vitest';
import { MessagePage } from '../../../protocol/rest.ts';
import { restoredPercent } from '../../../protocol/restoring.ts';
import type { ThreadStateEvent } from '../../../protocol/server-events.ts';
import { connectedGroup, messageFrame, say } from '../../support/connected-group.ts';
import { eventually } from '../../support/eventually.ts';
import { emptyRoom, mirrorComplete } from '../../support/mirror.ts';
import { FIRST_SEQ, mirroredMessages } from '../../support/mirrored-messages.ts';
import type { Person } from '../../support/person.ts';
import { describeWarmAndEvicted, sharedEdgewise } from '../../support/shared-edgewise.ts';
import type { TestSocket } from '../../support/test-socket.ts';
import { UNLIMITED_PEOPLE } from '../../support/unlimited.ts';
import { withoutTable } from '../../support/without-table.ts';

const edgewise = sharedEdgewise({ vars: UNLIMITED_PEOPLE });
const { ada, grace, linus } = edgewise.people('Ada', 'Grace', 'Linus');

/** A run reads 30 pages of 500 KB, so that these messages of 8 KB need three. */
const MANY = 4_500;
/** A page that ends where no page of the load does. */
const PAGE = 100;
const LOADED_WITHIN_MS = 120_000;

/** Connects while the group is being restored. Returns the state that came before the close, if one did. */
async function refusedSocket(
  person: Person,
  groupId: string,
  from?: { since: number; epoch: string },
): Promise<ThreadStateEvent | undefined> {
  const socket = await person.connect(groupId, from);
  await expectRestoring(socket);
  return socket.events.find((event) => event.type === 'thread_state');
}

async function expectRestoring(socket: TestSocket): Promise<void> {
  const { code, reason } = await socket.closed;
  expect(code).toBe(4503);
  expect(restoredPercent(reason)).toBeLessThan(100);
  const error = socket.events.at(-1);
  if (error?.type !== 'error') throw new Error('closed without an error');
  expect(error).toMatchObject({ code: 'unavailable', message: reason });
  expect(error.retryAfterMs).toBeGreaterThanOrEqual(3_000);
}

/** Everything but the newest page is refused, with a time to come back. */
async function expectRefused(person: Person, groupId: string): Promise<void> {
  const content = 'not now';
  const answers = await Promise.all([
    person.api('POST', '/api/messages', { groupId, content }),
    person.api('GET', `/api/messages?groupId=${groupId}&limit=10`),
    person.api('PATCH', `/api/groups/${groupId}`, { topic: content }),
    person.api('POST', `/api/groups/${groupId}/leave`),
  ]);
  for (const answer of answers) {
    expect(answer).toMatchObject({
      status: 503,
      body: { code: 'unavailable', detail: expect.stringMatching(/being restored, \d+ %/) },
    });
    expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThanOrEqual(3);
  }
}

async function loaded(person: Person, groupId: string): Promise<MessagePage> {
  const answer = await person.api('GET', `/api/messages?groupId=${groupId}&limit=${PAGE}`);
  expect(answer.status).toBe(200);
  return answer.as(MessagePage);
}

describe('a Room that loads more from D1 than one run may', () => {
  it('goes on where it was after evictions, with one epoch, and shows the newest page meanwhile', async () => {
    const { groupId, adaSocket, state } = await connectedGroup(ada, grace);
    await mirrorComplete(edgewise, groupId);
    const made = { groupId, userId: ada.userId, upTo: MANY, characters: 8_000 };
    await edgewise.db.batch(mirroredMessages(made).map((it) => edgewise.db.prepare(it)));
    const lastSeq = FIRST_SEQ + MANY;
    await emptyRoom(edgewise, groupId);

    // Without these rows the load cannot end while this looks at it.
    const newest = await withoutTable(edgewise, 'follows', async () => {
      const found = await refusedSocket(grace, groupId);
      if (!found) throw new Error('no state');
      const [position] = await edgewise.roomSql(groupId, 'SELECT step, loaded FROM load_position');
      expect(position).toMatchObject({ step: 'messages' });
      expect(position?.['loaded']).toBeLessThan(MANY);
      // What is loaded stays: a load that began again would write this row again.
      await edgewise.roomSql(groupId, 'UPDATE messages SET edited = 1 WHERE seq = ?', lastSeq);
      await edgewise.evictRoom(groupId);

      expect(found).toMatchObject({ reset: true, hasBefore: true, rev: lastSeq + 1_000_000 });
      expect(found.epoch).not.toBe(state.epoch);
      expect(found.messages.map(({ seq }) => seq)).toEqual(
        Array.from({ length: 50 }, (_, n) => lastSeq - 49 + n),
      );
      expect(found.members).toHaveLength(2);
      // Who has that page gets nothing twice, and a socket from before the loss is asked to come back.
      const from = { since: found.rev, epoch: found.epoch };
      expect(await refusedSocket(grace, groupId, from)).toBe(undefined);
      adaSocket.send(messageFrame('not now'));
      await expectRestoring(adaSocket);
      await expectRefused(ada, groupId);
      const stranger = await linus.connect(groupId);
      expect(await stranger.closed).toMatchObject({ code: 4403 });
      await eventually(async () => {
        await edgewise.evictRoom(groupId);
        await expectRefused(ada, groupId);
        const steps = await edgewise.roomSql(groupId, 'SELECT step FROM load_position');
        expect(steps).toEqual([{ step: 'follows' }]);
      }, LOADED_WITHIN_MS);
      return found;
    });
    const page = await eventually(() => loaded(grace, groupId), LOADED_WITHIN_MS);
    expect(page).toMatchObject({ epoch: newest.epoch, rev: newest.rev });
    expect(page.messages.at(-1)).toMatchObject({ seq: lastSeq, edited: true });
    const rows = await edgewise.roomSql(
      groupId,
      'SELECT count(*) AS n, min(seq) AS first, count(DISTINCT id) AS ids FROM messages WHERE seq > ?',
      FIRST_SEQ,
    );
    expect(rows).toEqual([{ n: MANY, first: FIRST_SEQ + 1, ids: MANY }]);
    expect(await edgewise.roomSql(groupId, 'SELECT * FROM load_position')).toEqual([]);

    // A client that had the newest page resumes, and the next change takes a rev that was never used.
    const back = await grace.connect(groupId, { since: newest.rev, epoch: newest.epoch });
    expect(await back.next('thread_state')).toMatchObject({ reset: false, messages: [] });
    expect(await say(back, 'after the loss')).toMatchObject({ seq: newest.rev + 1 });
  }, 240_000);
});

describeWarmAndEvicted(edgewise, 'a Room that loads while D1 fails', (maybeEvict) => {
  it('refuses everything but the newest page, and goes on when D1 is back', async () => {
    const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
    const root = await say(adaSocket, 'root');
    await say(graceSocket, 'reply', { parentId: root.id });
    const last = await say(adaSocket, 'last');
    await mirrorComplete(edgewise, groupId);
    await emptyRoom(edgewise, groupId);

    const newest = await withoutTable(edgewise, 'follows', async () => {
      const found = await refusedSocket(grace, groupId);
      await maybeEvict(groupId);
      await expectRefused(ada, groupId);
      await eventually(() => {
        const failed = edgewise.logs().filter((line) => line.includes('load_failed'));
        expect(failed.filter((line) => line.includes(groupId)).length).toBeGreaterThan(1);
      });
      expect(await refusedSocket(ada, groupId)).toMatchObject({ epoch: found?.epoch });
      return found;
    });
    expect(newest).toMatchObject({ hasBefore: false });
    expect(newest?.messages.at(-1)).toEqual(last);
    const page = await eventually(() => loaded(ada, groupId), 60_000);
    expect(page).toMatchObject({ epoch: newest?.epoch, rev: newest?.rev });
    await mirrorComplete(edgewise, groupId);
  }, 120_000);

  it('shows no page of which it has nothing, nor a reply whose root is missing', async () => {
    const { groupId, adaSocket } = await connectedGroup(ada, grace);
    const root = await say(adaSocket, 'root');
    await say(adaSocket, 'for all', { parentId: root.id, alsoToGroup: true });
    await mirrorComplete(edgewise, groupId);
    await emptyRoom(edgewise, groupId);
    await withoutTable(edgewise, 'messages', async () => {
      expect(await refusedUnknown(groupId)).toBe(undefined);
    });
    await eventually(() => loaded(ada, groupId), 60_000);

    await emptyRoom(edgewise, groupId);
    await withoutTable(edgewise, 'follows', async () => {
      await refusedSocket(ada, groupId);
      await edgewise.roomSql(groupId, 'DELETE FROM messages WHERE seq = ?', root.seq);
      await maybeEvict(groupId);
      expect(await refusedSocket(grace, groupId)).toBe(undefined);
    });
  }, 120_000);

  it('hands the newest page to a client that polls, once, and nothing to an ended session', async () => {
    const { groupId, adaSocket } = await connectedGroup(ada, grace);
    await say(adaSocket, 'poll this');
    await mirrorComplete(edgewise, groupId);
    await emptyRoom(edgewise, groupId);
    const path = `/api/groups/${groupId}/changes?client=tab&wait=0`;
    await withoutTable(edgewise, 'follows', async () => {
      await refusedSocket(ada, groupId);
      await maybeEvict(groupId);
      const state = await refusedSocket(grace, groupId);
      const answer = await grace.api('GET', path);
      expect(answer).toMatchObject({ status: 200, body: [state] });
      const again = `${path}&since=${state?.rev}&epoch=${state?.epoch}`;
      expect(await grace.api('GET', again)).toMatchObject({ status: 503 });
      await edgewise.room(groupId).revoke({ userId: grace.userId });
      expect(await grace.api('GET', path)).toMatchObject({ status: 401 });
      const socket = await grace.connect(groupId);
      expect(await socket.closed).toMatchObject({ code: 4401, reason: 'revoked' });
    });
  }, 120_000);
});

/** As `refusedSocket`, of a Room that could not even begin, or count, what it loads. */
async function refusedUnknown(groupId: string): Promise<ThreadStateEvent | undefined> {
  const socket = await ada.connect(groupId);
  expect(await socket.closed).toMatchObject({ code: 4503 });
  return socket.events.find((event) => event.type === 'thread_state');
}
