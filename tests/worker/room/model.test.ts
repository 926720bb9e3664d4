import { expect, it } from 'vitest';
import type { Message } from '../../../protocol/models.ts';
import { eventually } from '../../support/eventually.ts';
import { mirrorComplete } from '../../support/mirror.ts';
import { ModelClient } from '../../support/model-client.ts';
import { loseStorage, type ModelWorld, settleAll, takeStep } from '../../support/model-steps.ts';
import { expectSameRows, messagesByRest } from '../../support/model-truth.ts';
import type { Person } from '../../support/person.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';
import { UNLIMITED_PEOPLE } from '../../support/unlimited.ts';

// Random users do random things in one group for thousands of steps. In the end every copy of the group is equal.
// MODEL_SEED repeats the choices of a failed run, MODEL_STEPS sets its length.

const SEED = Number(process.env['MODEL_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const STEPS = Number(process.env['MODEL_STEPS'] ?? 3_000);
/** Clients run at most this number of steps ahead of the Room; their frames are in transit. */
const SETTLE_EVERY = 60;
/** Steps after which the Room loses its storage, each time once D1 has all of it. */
const LOSE_STORAGE_EVERY = 900;
const SHOWN_STEPS = 40;
/** Two people have two devices. */
const DEVICES = ['Ada', 'Ada', 'Grace', 'Grace', 'Linus', 'Margaret', 'Alan'];

const edgewise = sharedEdgewise({ vars: UNLIMITED_PEOPLE });

async function world(): Promise<ModelWorld> {
  const people = new Map<string, Person>();
  for (const name of new Set(DEVICES)) people.set(name, await edgewise.signIn(name));
  const [ada, ...others] = [...people.values()];
  if (!ada) throw new Error('no one signed in');
  const group = await ada.createGroup();
  for (const person of others) await person.join(group.id);
  const room = { groupId: group.id, evictions: 0 };
  const clients = DEVICES.map((name, at) => {
    const person = people.get(name) ?? ada;
    return new ModelClient(person, `device ${at}`, room);
  });
  return { edgewise, room, random: seededRandom(SEED), clients, errands: new Set() };
}

/** All messages of timeline and threads, tombstones included. */
async function messagesOf({ clients, room }: ModelWorld): Promise<Map<string, Message>> {
  const roots = await edgewise.roomSql(
    room.groupId,
    'SELECT id FROM messages WHERE seq IN (SELECT parent_seq FROM messages)',
  );
  const askers = clients.map((client) => client.person);
  const rootIds = roots.map(({ id }) => String(id));
  return messagesByRest(askers, room.groupId, rootIds);
}

/** Expects the summaries of roots to equal those computed from the replies. */
function expectSummaries(messages: ReadonlyMap<string, Message>): void {
  const replies = [...messages.values()]
    .filter((row) => row.parentId !== undefined && row.deletedAt === undefined)
    .sort((one, other) => other.seq - one.seq);
  const byRoot = Map.groupBy(replies, (row) => row.parentId);
  for (const row of messages.values()) {
    const own = byRoot.get(row.id) ?? [];
    const repliers = [...new Set(own.map((reply) => reply.userId))].slice(0, 5);
    const isThread = own.length > 0;
    const { id, replyCount, replyUserIds, lastReplyAt } = row;
    expect({ id, replyCount, replyUserIds, lastReplyAt }).toEqual({
      id,
      replyCount: isThread ? own.length : undefined,
      replyUserIds: isThread ? repliers : undefined,
      lastReplyAt: own[0]?.createdAt,
    });
  }
}

function expectTombstones(messages: ReadonlyMap<string, Message>): void {
  for (const row of messages.values()) {
    if (row.deletedAt === undefined) continue;
    const { content, attachments, reactions, mentions, pinnedAt, edited } = row;
    expect({ content, attachments, reactions, mentions, pinnedAt, edited }).toEqual({
      content: '',
    });
  }
}

/** A client's state besides messages. Threads are sorted by id, because clients receive them in any order. */
function surroundings({ me, members, group, receipts, n, epoch }: ModelClient['replica']) {
  const readThreads = me?.readThreads.toSorted((one, other) =>
    one.parentId.localeCompare(other.parentId),
  );
  const current = [...members.values()]
    .filter((member) => member.leftAt === undefined)
    .toSorted((one, other) => one.userId.localeCompare(other.userId));
  const { userId = '' } = me ?? {};
  return {
    me: { ...me, readThreads },
    current,
    group,
    receipts: Object.fromEntries(receipts),
    userId,
    n,
    epoch,
  };
}

async function expectAllTheSame(model: ModelWorld): Promise<void> {
  const { clients, room, errands } = model;
  // Nothing is lost from here on: connected clients must converge by the events they receive, without a sync.
  for (const client of clients) if (!client.isOpen) await client.open('where it is');
  await settleAll(model);
  for (const client of clients) {
    client.say({ type: 'thread_delivered', seq: client.replica.group?.lastSeq ?? 0 });
    const { lastSeq = 0 } = client.replica.group ?? {};
    client.say({ type: 'thread_read', seq: lastSeq, mark: client.replica.me?.mark ?? 0 });
  }
  for (let step = 0; step < SETTLE_EVERY; step++) {
    const client = model.random.one(clients);
    const row = model.random.one([...client.replica.rows.values()]);
    client.say({ type: 'reaction', id: row.id, emoji: '🏁', op: 'add' });
  }
  await settleAll(model);
  // The Room may ask a client to come back (a socket that seemed silent, say). It must be with this code, and lose nothing.
  for (const client of clients) {
    if (client.isOpen) continue;
    expect(client.closedWith).toMatch(/^4503 /);
    await client.open('where it is');
    await client.settle();
  }
  await Promise.all(errands);

  const truth = await messagesOf(model);
  for (const client of clients) {
    const fresh = new ModelClient(client.person, 'fresh device', room);
    await fresh.open('nowhere');
    await eventually(() => {
      expect(surroundings(client.replica)).toEqual(surroundings(fresh.replica));
    });
    expectSameRows(client, truth);
    expectSameRows(fresh, truth);
    while (fresh.replica.floor > 0) await fresh.fetchPage();
    expectSameRows(fresh, truth);
    fresh.hangUp();
    client.check();
    for (const id of client.acknowledged) expect(truth.get(id)).toMatchObject({ id });
    for (const { code } of client.errors) {
      expect(['forbidden', 'not_found', 'conflict', 'invalid']).toContain(code);
    }
  }
  expectSummaries(truth);
  expectTombstones(truth);
  const mirrored = await mirrorComplete(edgewise, room.groupId);
  expect(mirrored.messages).toHaveLength(truth.size);
}

it(`ends in the same state everywhere (seed ${SEED}, ${STEPS} steps)`, async () => {
  const model = await world();
  const taken: string[] = [];
  try {
    for (let step = 1; step <= STEPS; step++) {
      taken.push(`${step} ${await takeStep(model)}`);
      if (step % SETTLE_EVERY === 0) await model.random.one(model.clients).settle();
      if (step % LOSE_STORAGE_EVERY === 0) await loseStorage(model);
    }
    await expectAllTheSame(model);
  } catch (error) {
    const last = taken.slice(-SHOWN_STEPS).join('\n');
    throw new Error(`MODEL_SEED=${SEED} MODEL_STEPS=${STEPS}; the last steps were:\n${last}`, {
      cause: error,
    });
  } finally {
    await Promise.allSettled(model.errands);
    for (const client of model.clients) client.hangUp();
  }
}, 600_000);
