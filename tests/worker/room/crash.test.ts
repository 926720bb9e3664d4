import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClientFrame } from '../../../protocol/client-frames.ts';
import { MessagePage } from '../../../protocol/rest.ts';
import { connectedGroup, messageFrame } from '../../support/connected-group.ts';
import { type EdgewiseProcess, startEdgewiseProcess } from '../../support/edgewise-process.ts';
import { eventually } from '../../support/eventually.ts';
import { FIRST_SEQ, mirroredMessages } from '../../support/mirrored-messages.ts';
import { ModelClient } from '../../support/model-client.ts';
import { expectSameRows, messagesByRest } from '../../support/model-truth.ts';
import { type Person, signIn } from '../../support/person.ts';
import { type SeededRandom, seededRandom } from '../../support/seeded-random.ts';
import type { TestSocket } from '../../support/test-socket.ts';
import { NEVER_HOT, UNLIMITED_PEOPLE } from '../../support/unlimited.ts';

const MESSAGES = 400;
/** The process is killed after this number of acknowledgements, in the middle of the load. */
const KILL_AFTER = 120;

/** The number of changes of each of three users, sent without waiting. The process is killed among them. */
const CHANGES = 200;
const KILL_AT = 20;

/** A run reads 30 pages of 500 KB, so that these messages of 8 KB need three. */
const LOADED = 4_500;

let edgewise: EdgewiseProcess;

beforeAll(async () => {
  edgewise = await startEdgewiseProcess({ vars: { ...UNLIMITED_PEOPLE, ...NEVER_HOT } });
}, 120_000);
afterAll(() => edgewise.dispose());

function acknowledged(socket: TestSocket, userId: string) {
  return socket.events.flatMap((event) =>
    event.type === 'message' && event.message.userId === userId && !event.message.system
      ? [event.message]
      : [],
  );
}

/** A message, or an edit of or a reaction to one that the client has sent before. */
function someChange(random: SeededRandom, { sent }: ModelClient): ClientFrame {
  const ids = sent.flatMap((frame) => (frame.type === 'message' ? [frame.id] : []));
  const id = random.pick(ids);
  if (id === undefined || random.chance(0.4)) {
    return messageFrame(`message ${ids.length}`);
  }
  if (random.chance(0.5)) return { type: 'edit_message', id, content: `edited ${random.next()}` };
  const op = random.chance(0.7) ? 'add' : 'remove';
  return { type: 'reaction', id, emoji: random.one(['👍', '🎉']), op };
}

async function history(person: Person, groupId: string) {
  const messages = [];
  for (let after = 0; ; ) {
    const answer = await person.api(
      'GET',
      `/api/messages?groupId=${groupId}&after=${after}&limit=100`,
    );
    const page = answer.as(MessagePage);
    messages.push(...page.messages);
    after = page.messages.at(-1)?.seq ?? after;
    if (!page.hasAfter) return messages;
  }
}

/** The database among those of a process that does not run whose table has this row. */
function stored(
  { stateDir }: EdgewiseProcess,
  table: string,
  column: string,
  value: string,
): DatabaseSync {
  for (const file of readdirSync(stateDir, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.sqlite')) continue;
    const database = new DatabaseSync(join(stateDir, file));
    const tables = 'SELECT 1 FROM sqlite_master WHERE name = ?';
    const isThere =
      database.prepare(tables).all(table).length > 0 &&
      database.prepare(`SELECT 1 FROM ${table} WHERE ${column} = ?`).all(value).length > 0;
    if (isThere) return database;
    database.close();
  }
  throw new Error(`no database has ${value} in ${table}`);
}

describe('a process that is killed under load', () => {
  it('keeps every acknowledged message exactly once, and clients resume without loss', async () => {
    const ada = await signIn(edgewise.url, 'Ada');
    const grace = await signIn(edgewise.url, 'Grace');
    const { groupId, adaSocket, graceSocket, state } = await connectedGroup(ada, grace);
    const { epoch } = state;

    const sent = Array.from({ length: MESSAGES }, (_, n) => messageFrame(`message ${n}`));
    for (const frame of sent) adaSocket.send(frame);
    for (let n = 0; n < KILL_AFTER; n += 1) await adaSocket.next('message');
    await edgewise.kill();
    await Promise.all([adaSocket.closed, graceSocket.closed]);
    await edgewise.start();

    const kept = await history(ada, groupId);
    const keptById = new Map(kept.map((message) => [message.id, message]));
    for (const message of acknowledged(adaSocket, ada.userId))
      expect(keptById.get(message.id)).toEqual(message);
    for (const message of acknowledged(graceSocket, ada.userId))
      expect(keptById.get(message.id)).toEqual(message);

    // Both resume from the last rev they received. Unacknowledged messages are sent again with the same ids.
    const lastRev = (socket: TestSocket) =>
      Math.max(...socket.events.flatMap((event) => ('rev' in event ? event.rev : [])));
    const seenByGrace = acknowledged(graceSocket, ada.userId);
    const graceBack = await grace.connect(groupId, { since: lastRev(graceSocket), epoch });
    const missed = await graceBack.next('thread_state');
    expect(missed.reset).toBe(false);
    const adaBack = await ada.connect(groupId, { since: lastRev(adaSocket), epoch });
    await adaBack.next('thread_state');
    for (const frame of sent) adaBack.send(frame);
    await adaBack.next('message', (event) => event.message.id === sent.at(-1)?.id);
    await graceBack.sync();

    const all = await history(grace, groupId);
    const said = all.filter((message) => !message.system);
    expect(said.map((message) => message.content)).toEqual(sent.map((frame) => frame.content));
    expect(
      [...seenByGrace, ...missed.messages, ...acknowledged(graceBack, ada.userId)].map(
        (message) => message.id,
      ),
    ).toEqual(sent.map((frame) => frame.id));
  }, 120_000);

  it('keeps every acknowledged change, and clients that resume converge on the same state', async () => {
    const people = await Promise.all(
      ['Ada', 'Grace', 'Linus'].map((name) => signIn(edgewise.url, name)),
    );
    const [ada, ...others] = people;
    if (!ada) throw new Error('no one signed in');
    const group = await ada.createGroup();
    for (const person of others) await person.join(group.id);
    const room = { groupId: group.id, evictions: 0 };
    const clients = people.map((person) => new ModelClient(person, 'tab', room));
    for (const client of clients) await client.open('nowhere');

    const random = seededRandom(1);
    for (let n = 0; n < CHANGES; n += 1) {
      for (const client of clients) client.say(someChange(random, client));
    }
    await eventually(() => {
      for (const { acknowledged } of clients) expect(acknowledged.size).toBeGreaterThan(KILL_AT);
    });
    await edgewise.kill();
    await eventually(() => {
      expect(clients.filter((client) => client.isOpen)).toEqual([]);
    });
    const seen = clients.map((client) => new Map(client.replica.rows));
    await edgewise.start();

    const kept = await messagesByRest(people, group.id);
    for (const row of seen.flatMap((rows) => [...rows.values()])) {
      const now = kept.get(row.id);
      expect(now?.rev).toBeGreaterThanOrEqual(row.rev);
      if (now?.rev === row.rev) expect(now).toEqual(row);
    }
    for (const client of clients) await client.open('where it is');
    for (const client of clients) await client.settle();
    const all = await messagesByRest(people, group.id);
    for (const client of clients) {
      expectSameRows(client, all);
      expect(client.replica.n).toBe(clients[0]?.replica.n);
    }
    const ids = clients.flatMap(({ sent }) =>
      sent.flatMap((frame) => (frame.type === 'message' ? [frame.id] : [])),
    );
    const written = [...all.values()].filter((row) => !row.system).map((row) => row.id);
    expect(written.toSorted()).toEqual(ids.toSorted());
  }, 120_000);

  it('goes on loading a Room back from D1 where it was', async () => {
    const ada = await signIn(edgewise.url, 'Ada');
    const { id: groupId } = await ada.createGroup({ name: 'Lost and restored' });
    const path = `/api/messages?groupId=${groupId}`;
    const { epoch } = (await ada.api('GET', path)).as(MessagePage);
    await edgewise.kill();
    const room = stored(edgewise, 'group_state', 'name', 'Lost and restored');
    room.exec('DELETE FROM group_state');
    room.close();
    const d1 = stored(edgewise, 'groups', 'id', groupId);
    const made = { groupId, userId: ada.userId, upTo: LOADED, characters: 8_000 };
    for (const statement of mirroredMessages(made)) d1.exec(statement);
    d1.close();
    await edgewise.start();

    const socket = await ada.connect(groupId);
    const newest = await socket.next('thread_state');
    expect(newest.epoch).not.toBe(epoch);
    expect(newest.messages.at(-1)?.seq).toBe(LOADED + FIRST_SEQ);
    expect(await socket.closed).toMatchObject({ code: 4503 });
    await edgewise.kill();
    const killed = stored(edgewise, 'group_state', 'name', 'Lost and restored');
    const [position] = killed.prepare('SELECT step, loaded FROM load_position').all();
    expect(position).toMatchObject({ step: 'messages' });
    expect(position?.['loaded']).toBeLessThan(LOADED);
    killed.exec(`UPDATE messages SET edited = 1 WHERE seq = ${LOADED + FIRST_SEQ}`);
    killed.close();
    await edgewise.start();

    const page = await eventually(async () => {
      const answer = await ada.api('GET', path);
      expect(answer.status).toBe(200);
      return answer.as(MessagePage);
    }, 60_000);
    expect(page).toMatchObject({ epoch: newest.epoch, rev: newest.rev });
    expect(page.messages.at(-1)).toMatchObject({ seq: LOADED + FIRST_SEQ, edited: true });
    await edgewise.kill();
    const whole = stored(edgewise, 'group_state', 'name', 'Lost and restored');
    const count = whole.prepare('SELECT count(*) AS n FROM messages WHERE seq > ?');
    expect(count.all(FIRST_SEQ)).toEqual([{ n: LOADED }]);
    whole.close();
    await edgewise.start();
  }, 180_000);

  it('keeps its users, groups and sessions', async () => {
    const ada = await signIn(edgewise.url, 'Ada');
    const group = await ada.createGroup({ name: 'Still here' });
    await edgewise.kill();
    await edgewise.start();
    const again = await ada.api('GET', `/api/groups/${group.id}`);
    expect(again).toMatchObject({ status: 200, body: { name: 'Still here' } });
    expect((await signIn(edgewise.url, 'Ada')).userId).toBe(ada.userId);
  }, 120_000);
});
