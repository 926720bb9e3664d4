import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { expect, it } from 'vitest';
import { PING } from '../../../protocol/limits.ts';
import { InboxEntryList } from '../../../protocol/rest.ts';
import { eventually } from '../../support/eventually.ts';
import { InboxDevice, type ShownEntry } from '../../support/inbox-device.ts';
import { type Badge, badgesOf } from '../../support/inbox-truth.ts';
import type { Person } from '../../support/person.ts';
import { type SeededRandom, seededRandom } from '../../support/seeded-random.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';
import type { TestSocket } from '../../support/test-socket.ts';
import { SOON_SETTLED, UNLIMITED_PEOPLE } from '../../support/unlimited.ts';

// Random users with several devices do random things in several groups. Again and again, every badge on every device
// equals a count over the messages. MODEL_SEED repeats the choices of a failed run, MODEL_STEPS sets its length.

const SEED = Number(process.env['MODEL_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const STEPS = Number(process.env['MODEL_STEPS'] ?? 3_000);
const CHECK_EVERY = 150;
const PING_EVERY = 50;
const SHOWN_STEPS = 40;
const PEOPLE = ['Ada', 'Grace', 'Linus', 'Margaret'];
const DEVICES = ['Ada', 'Ada', 'Grace', 'Grace', 'Linus', 'Margaret'];
const GROUPS = 3;

const edgewise = sharedEdgewise({ vars: UNLIMITED_PEOPLE });

/** A group and what the model needs to act in it. Ada is its owner and stays. */
interface ModelGroup {
  id: string;
  /** The open socket of each member, by user id. */
  sockets: Map<string, TestSocket>;
  messages: { id: string; userId: string; parentId?: string }[];
}

interface World {
  random: SeededRandom;
  people: Person[];
  devices: InboxDevice[];
  groups: ModelGroup[];
}

async function world(): Promise<World> {
  const people = await Promise.all(PEOPLE.map((name) => edgewise.signIn(name)));
  const [ada, ...others] = people;
  if (!ada) throw new Error('no one signed in');
  const groups: ModelGroup[] = [];
  for (let at = 0; at < GROUPS; at += 1) {
    const { id } = await ada.createGroup({ name: `Group ${at}` });
    for (const person of others) await person.join(id);
    const sockets = new Map<string, TestSocket>();
    for (const person of people) sockets.set(person.userId, await person.connect(id));
    groups.push({ id, sockets, messages: [] });
  }
  const devices = DEVICES.flatMap((name) => {
    const person = people.find((each) => each.name === name);
    return person ? [new InboxDevice(person)] : [];
  });
  return { random: seededRandom(SEED), people, devices, groups };
}

/** A text that may mention someone, everyone, or those who are online. */
function text({ random, people }: World): string {
  const mention = random.chance(0.4)
    ? `<@${random.pick([...people.map(({ userId }) => userId), 'all', 'here'])}> `
    : '';
  return `${mention}${random.below(1_000)}`;
}

/** Takes one step, and returns a line that describes it. */
async function step(model: World): Promise<string> {
  const { random, people, devices, groups } = model;
  const kind = random.below(100);
  const group = random.one(groups);
  const person = random.one(people);
  const socket = group.sockets.get(person.userId);
  const say = (what: string) => `${person.name} ${what} in ${groups.indexOf(group)}`;

  if (kind < 6) {
    const device = random.one(devices);
    if (!device.isOpen) await device.open();
    else if (random.chance(0.5)) await device.close();
    else device.drop();
    return `a device of ${device.person.name} ${device.isOpen ? 'connects' : 'disconnects'}`;
  }
  if (kind < 8) {
    await edgewise.evictInbox(person.userId);
    return `the Inbox of ${person.name} is evicted`;
  }
  if (kind < 9) {
    await edgewise.evictRoom(group.id);
    return `Room ${groups.indexOf(group)} is evicted`;
  }
  if (kind < 12) return changeMembership(model, group, person);
  if (!socket) return say('is not');

  const own = random.pick(group.messages.filter(({ userId }) => userId === person.userId));
  if (kind < 55 || !own) {
    const root = random.pick(group.messages.filter(({ parentId }) => parentId === undefined));
    const isReply = root !== undefined && random.chance(0.3);
    const message = { id: uuidv7(), ...(isReply && { parentId: root.id }) };
    const alsoToGroup = isReply && random.chance(0.3);
    socket.send({ type: 'message', ...message, content: text(model), alsoToGroup });
    group.messages.push({ ...message, userId: person.userId });
    return say(isReply ? 'replies' : 'writes');
  }
  if (kind < 68) {
    socket.send({ type: 'edit_message', id: own.id, content: text(model) });
    return say('edits');
  }
  if (kind < 74) {
    socket.send({ type: 'delete_message', id: own.id });
    group.messages = group.messages.filter((message) => message !== own);
    return say('deletes');
  }
  if (kind < 80) {
    const { id } = random.one(group.messages);
    socket.send({ type: 'thread_follow', parentId: id, following: random.chance(0.7) });
    return say('follows');
  }
  const parent = random.chance(0.3) ? random.one(group.messages) : undefined;
  const seq = newestSeq(socket) - (random.chance(0.6) ? 0 : random.below(40));
  socket.send({
    type: 'thread_read',
    ...(parent && { parentId: parent.id }),
    seq: Math.max(0, seq),
    mark: markOf(socket),
    ...(random.chance(0.4) && { manual: true as const }),
  });
  return say('reads');
}

async function changeMembership({ people }: World, group: ModelGroup, person: Person) {
  const [ada] = people;
  if (!ada || person === ada) return 'Ada stays';
  const path = `/api/groups/${group.id}`;
  const socket = group.sockets.get(person.userId);
  if (socket) {
    // What is in transit is handled first, so that its author is still a member.
    await socket.sync();
    group.sockets.delete(person.userId);
    await ada.api('DELETE', `${path}/members/${person.userId}`);
    return `${person.name} is removed`;
  }
  await ada.api('POST', `${path}/members`, { userIds: [person.userId] });
  group.sockets.set(person.userId, await person.connect(group.id));
  return `${person.name} is added`;
}

function newestSeq(socket: TestSocket): number {
  const seqs = socket.events.map((event) => {
    if (event.type === 'thread_state') return event.group?.lastSeq ?? 0;
    return event.type === 'message' ? event.message.seq : 0;
  });
  return Math.max(0, ...seqs);
}

function markOf(socket: TestSocket): number {
  const marks = socket.events.map((event) => {
    if (event.type === 'thread_state') return event.me?.mark ?? 0;
    return event.type === 'receipt_update' ? (event.mark ?? 0) : 0;
  });
  return Math.max(0, ...marks);
}

/** On a slow machine the steps take longer than a socket may be silent. */
function pingAll({ devices, groups }: World): void {
  for (const device of devices) device.ping();
  for (const { sockets } of groups) for (const socket of sockets.values()) socket.sendText(PING);
}

/** The part of an entry that is a badge. */
function badgeOf({ readSeq, unread, mentions, threads, last }: ShownEntry) {
  return {
    readSeq,
    unread,
    mentions,
    threads: Object.fromEntries(
      (threads ?? []).map((thread) => [thread.parentId, thread.unread] as const),
    ),
    lastSeq: last?.seq,
  };
}

async function expectBadges(model: World): Promise<void> {
  for (const { sockets } of model.groups) {
    for (const socket of sockets.values()) await socket.sync();
  }
  // Rooms store what was read a little later, and the rows are counted here.
  await sleep(5 * Number(SOON_SETTLED.ROOM_COLLECT_CURSORS_MS));
  const expected = new Map<string, Record<string, Badge>>();
  for (const { id } of model.groups) {
    for (const [userId, badge] of await badgesOf(edgewise, id)) {
      expected.set(userId, { ...expected.get(userId), [id]: badge });
    }
  }
  for (const device of model.devices.filter(({ isOpen }) => isOpen)) {
    await eventually(() => {
      const shown = [...device.entries()].map(([id, entry]) => [id, badgeOf(entry)] as const);
      expect(Object.fromEntries(shown)).toEqual(expected.get(device.person.userId) ?? {});
    });
  }
}

/** The list over REST has the same badges, also for a person without an open device. */
async function expectLists({ people, groups }: World): Promise<void> {
  for (const person of people) {
    await eventually(async () => {
      const { items } = (await person.api('GET', '/api/groups')).as(InboxEntryList);
      const listed = new Map(items.map((entry) => [entry.group.id, badgeOf(entry)]));
      for (const { id } of groups) {
        expect(listed.get(id)).toEqual((await badgesOf(edgewise, id)).get(person.userId));
      }
    });
  }
}

it(`shows on every device what a count over the messages gives (seed ${SEED}, ${STEPS} steps)`, async () => {
  const model = await world();
  const taken: string[] = [];
  try {
    for (let at = 1; at <= STEPS; at += 1) {
      taken.push(`${at} ${await step(model)}`);
      if (at % PING_EVERY === 0) pingAll(model);
      if (at % CHECK_EVERY === 0) await expectBadges(model);
    }
    for (const device of model.devices) await device.open();
    await expectBadges(model);
    await expectLists(model);
  } catch (error) {
    const last = taken.slice(-SHOWN_STEPS).join('\n');
    throw new Error(`MODEL_SEED=${SEED} MODEL_STEPS=${STEPS}; the last steps were:\n${last}`, {
      cause: error,
    });
  } finally {
    for (const device of model.devices) device.drop();
    for (const { sockets } of model.groups)
      for (const socket of sockets.values()) socket.terminate();
  }
}, 600_000);
