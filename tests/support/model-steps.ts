import { v7 as uuidv7 } from 'uuid';
import type { Message } from '../../protocol/models.ts';
import type { Edgewise } from './edgewise.ts';
import { emptyRoom, mirrorComplete } from './mirror.ts';
import type { ModelClient, RoomHistory, Standing } from './model-client.ts';
import type { SeededRandom } from './seeded-random.ts';
import { placeFile } from './uploaded-file.ts';

/** Everything that the model's steps act on. */
export interface ModelWorld {
  edgewise: Edgewise;
  room: RoomHistory;
  random: SeededRandom;
  clients: readonly ModelClient[];
  /** Requests in flight while the steps go on. */
  errands: Set<Promise<void>>;
}

/** A step of one client or its surroundings. Returns a note for the log. */
type Step = (world: ModelWorld, client: ModelClient) => Promise<string> | string;

const EMOJI = ['👍', '🎉', '❤️', '👩🏽‍💻', '🇫🇷', '😂', '👀', '✅'];
/** Most steps are about recent messages. */
const RECENT_SHARE = 0.6;
const RECENT_ROWS = 30;

/** The possible steps, with their relative frequency. */
const STEPS: readonly [weight: number, name: string, step: Step][] = [
  [
    220,
    'send',
    ({ random, clients }, client) => {
      const id = uuidv7();
      client.say({ type: 'message', id, content: words(random, clients) });
      return id;
    },
  ],
  [
    40,
    'send files',
    ({ edgewise, errands, room, random, clients }, client) => {
      const content = random.chance(0.5) ? words(random, clients) : '';
      const uploads = Array.from({ length: 1 + random.below(3) }, () =>
        placeFile(edgewise, client.person, room.groupId),
      );
      const sent = Promise.all(uploads).then((attachments) => {
        client.say({ type: 'message', id: uuidv7(), content, attachments });
      });
      onTheSide(errands, sent);
      return `${uploads.length}`;
    },
  ],
  [
    30,
    'edit files',
    ({ edgewise, errands, room, random, clients }, client) => {
      const row = anOwnRow(random, client);
      if (!row) return 'nothing';
      const content = words(random, clients);
      const kept = (row.attachments ?? []).filter(() => random.chance(0.5)).map(({ id }) => id);
      const added = random.chance(0.5)
        ? placeFile(edgewise, client.person, room.groupId).then((id) => [id])
        : Promise.resolve([]);
      const edited = added.then((ids) =>
        client.say({ type: 'edit_message', id: row.id, content, attachments: [...kept, ...ids] }),
      );
      onTheSide(errands, edited);
      return `of ${row.id}, of which ${kept.length} stay`;
    },
  ],
  [
    20,
    "send another's file",
    ({ random }, client) => {
      const [file] =
        aRow(random, client, (row) => row.attachments !== undefined)?.attachments ?? [];
      if (!file) return 'none';
      client.say({ type: 'message', id: uuidv7(), content: 'mine!', attachments: [file.id] });
      return file.id;
    },
  ],
  [
    130,
    'reply',
    ({ random, clients }, client) => {
      const root = aRow(random, client, (row) => row.parentId === undefined || random.chance(0.02));
      if (!root) return 'to nothing';
      const content = words(random, clients);
      const alsoToGroup = random.chance(0.3);
      client.say({ type: 'message', id: uuidv7(), content, parentId: root.id, alsoToGroup });
      return `to ${root.id}`;
    },
  ],
  [
    120,
    'edit',
    ({ random, clients }, client) =>
      withRow(client, anOwnRow(random, client), (id) => {
        client.say({ type: 'edit_message', id, content: words(random, clients) });
      }),
  ],
  [
    45,
    'delete',
    ({ random }, client) =>
      withRow(client, anOwnRow(random, client), (id) => {
        client.say({ type: 'delete_message', id });
      }),
  ],
  [
    170,
    'react',
    ({ random }, client) =>
      withRow(client, aRow(random, client), (id) => {
        const op = random.chance(0.7) ? 'add' : 'remove';
        client.say({ type: 'reaction', id, emoji: random.one(EMOJI), op });
      }),
  ],
  [
    70,
    'read',
    ({ random }, client) => {
      const { me } = client.replica;
      const row = aRow(random, client);
      if (!me || !row) return 'nothing';
      const manual = random.chance(0.25) && { manual: true as const };
      const thread = random.chance(0.3) && { parentId: row.parentId ?? row.id };
      client.say({ type: 'thread_read', seq: row.seq, mark: me.mark, ...manual, ...thread });
      return `${row.seq} ${JSON.stringify({ ...manual, ...thread })}`;
    },
  ],
  [
    40,
    'follow',
    ({ random }, client) =>
      withRow(client, aRow(random, client), (parentId) => {
        client.say({ type: 'thread_follow', parentId, following: random.chance(0.5) });
      }),
  ],
  [
    40,
    'tell what is delivered',
    (_, client) => {
      const seq = client.replica.group?.lastSeq ?? 0;
      client.say({ type: 'thread_delivered', seq });
      return String(seq);
    },
  ],
  [
    20,
    'type',
    ({ random }, client) => {
      client.say({ type: 'thread_typing', typing: random.chance(0.7) });
      client.say({ type: 'presence', state: random.chance(0.5) ? 'online' : 'away' });
      return '';
    },
  ],
  [
    40,
    'say again',
    ({ random }, client) => {
      const frame = random.pick(client.sent);
      if (frame) client.say(frame);
      return JSON.stringify(frame);
    },
  ],
  [
    15,
    "take another's id",
    ({ random }, client) =>
      withRow(client, aRow(random, client), (id) => {
        client.say({ type: 'message', id, content: 'mine!' });
      }),
  ],
  [
    40,
    'pin or unpin',
    ({ errands, room, random }, client) =>
      withRow(client, aRow(random, client), (id) => {
        const method = random.chance(0.6) ? 'PUT' : 'DELETE';
        const path = `/api/messages/${id}/pin?groupId=${room.groupId}`;
        onTheSide(errands, client.person.api(method, path));
      }),
  ],
  [
    40,
    'edit over REST',
    ({ errands, room, random, clients }, client) =>
      withRow(client, anOwnRow(random, client), (id) => {
        const content = words(random, clients);
        const path = `/api/messages/${id}?groupId=${room.groupId}`;
        onTheSide(errands, client.person.api('PATCH', path, { content }));
      }),
  ],
  [
    50,
    'fetch older messages',
    ({ errands }, client) => {
      onTheSide(errands, client.fetchPage());
      return `below ${client.replica.floor}`;
    },
  ],
  [
    40,
    'fetch a thread',
    ({ errands, random }, client) =>
      withRow(
        client,
        aRow(random, client, (row) => row.replyCount !== undefined),
        (id) => onTheSide(errands, client.fetchPage(id)),
      ),
  ],
  [
    30,
    'sync a thread',
    ({ random }, client) => {
      const root = aRow(random, client, (row) => row.replyCount !== undefined);
      const { epoch = '', n } = client.replica;
      const since = random.chance(0.5) && { since: Math.max(0, n - random.below(300)), epoch };
      if (root) client.say({ type: 'thread_sync', parentId: root.id, ...since });
      return root?.id ?? '';
    },
  ],
  [
    25,
    'sync',
    async (_, client) => {
      await client.settle();
      return `at ${client.replica.n}`;
    },
  ],
  [
    25,
    'hang up',
    (_, client) => {
      client.hangUp();
      return '';
    },
  ],
  [
    8,
    'rename the group',
    ({ errands, room, random }, client) => {
      const change = random.chance(0.5) ? { name: `Name ${random.below(99)}` } : { topic: 'New' };
      onTheSide(errands, client.person.api('PATCH', `/api/groups/${room.groupId}`, change));
      return JSON.stringify(change);
    },
  ],
  [
    4,
    'leave, and join again',
    async ({ clients, errands, room }, client) => {
      if (client.replica.me?.role === 'owner') return 'not the owner';
      await Promise.all(errands);
      await client.person.api('POST', `/api/groups/${room.groupId}/leave`);
      for (const device of clients) if (device.person === client.person) device.forget();
      await client.person.join(room.groupId);
      return client.person.name;
    },
  ],
  [
    12,
    'evict the Room',
    async ({ edgewise, errands, room }, client) => {
      // Only a running Room can be evicted, and only one that nobody is calling.
      await Promise.all(errands);
      await client.settle();
      room.evictions++;
      await edgewise.evictRoom(room.groupId);
      return '';
    },
  ],
];

const TOTAL_WEIGHT = STEPS.reduce((sum, [weight]) => sum + weight, 0);
const STANDINGS: readonly Standing[] = ['nowhere', 'with another epoch', 'ahead of the Room'];

/** Lets a random client take a random step; returns a note for the log. */
export async function takeStep(world: ModelWorld): Promise<string> {
  const { random, clients } = world;
  const client = random.one(clients);
  if (!client.isOpen) {
    const standing = random.chance(0.8) ? 'where it is' : random.one(STANDINGS);
    await client.open(standing);
    return `${client.name}: connect ${standing}`;
  }
  let left = random.below(TOTAL_WEIGHT);
  for (const [weight, name, step] of STEPS) {
    left -= weight;
    if (left < 0) return `${client.name}: ${name} ${await step(world, client)}`;
  }
  throw new Error('no step was taken');
}

/** Empties the Room's storage once D1 has all of it. Sockets stay connected to the Room that loads it. */
export async function loseStorage(world: ModelWorld): Promise<void> {
  await settleAll(world);
  await mirrorComplete(world.edgewise, world.room.groupId);
  world.room.evictions++;
  await emptyRoom(world.edgewise, world.room.groupId);
}

/** Waits until every request is answered and every connected client is at the Room's rev. */
export async function settleAll({ clients, errands }: ModelWorld): Promise<void> {
  await Promise.all(errands);
  for (const client of clients) await client.settle();
}

function onTheSide(errands: Set<Promise<void>>, work: Promise<unknown>): void {
  const errand = work.then(() => void errands.delete(errand));
  errands.add(errand);
}

function aRow(
  random: SeededRandom,
  client: ModelClient,
  where: (row: Message) => boolean = () => true,
): Message | undefined {
  const rows = [...client.replica.rows.values()].filter(where);
  return random.pick(random.chance(RECENT_SHARE) ? rows.slice(-RECENT_ROWS) : rows);
}

/** Mostly a message that the client may change, so that most changes succeed. */
function anOwnRow(random: SeededRandom, client: ModelClient): Message | undefined {
  if (random.chance(0.1)) return aRow(random, client);
  const { userId } = client.person;
  return aRow(random, client, (row) => row.userId === userId && row.deletedAt === undefined);
}

function withRow(client: ModelClient, row: Message | undefined, act: (id: string) => void): string {
  if (row) act(row.id);
  return row ? `${row.id} (held at ${row.rev} of ${client.replica.n})` : 'nothing';
}

const WORDS = [
  'analytical',
  'engine',
  '**bold**',
  '`code`',
  'ça',
  '漢字',
  '🎉',
  'weaves',
  '<@here>',
];

function words(random: SeededRandom, clients: readonly ModelClient[]): string {
  const count = 1 + random.below(6);
  const text = Array.from({ length: count }, () => random.one(WORDS)).join(' ');
  return random.chance(0.2) ? `${text} <@${random.one(clients).person.userId}>` : text;
}
