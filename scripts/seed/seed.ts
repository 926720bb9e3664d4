import { parseArgs } from 'node:util';
import { type Person, signIn } from '../../tests/support/person.ts';
import { seededRandom } from '../../tests/support/seeded-random.ts';
import { conversation } from './conversation.ts';
import { Speaker } from './speaker.ts';

const HELP = `Fills a group of a running local Edgewise with conversation. Several demo people send it over their sockets.

  npm run seed -- [--messages 1000] [--group <id>] [--url http://localhost:3000]

Without --group it creates a public group. A named group must be public, or have the demo people as members.

One person can send 10 frames a second in a group, so 100,000 messages take most of an hour. To go faster, write this
into a file .dev.vars beside wrangler.local.toml, and restart Edgewise:

  LIMIT_FRAMES_BURST=100000
  LIMIT_FRAMES_PER_SECOND=100000
`;

const NAMES = ['Ada', 'Grace', 'Linus', 'Margaret', 'Alan'];
/** How many frames may be pending. */
const PENDING_MAX = 50;
const REPORT_EVERY_MS = 2_000;

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '1000' },
    group: { type: 'string' },
    url: { type: 'string', default: 'http://localhost:3000' },
    help: { type: 'boolean', default: false },
  },
});
const messages = Number(values.messages);

if (values.help) console.info(HELP);
else if (!Number.isInteger(messages) || messages < 1) {
  console.error(`--messages must be a whole number above 0, not "${values.messages}".`);
  process.exitCode = 1;
} else {
  await seed(new URL(values.url).origin, messages, values.group);
}

async function seed(url: string, count: number, group: string | undefined): Promise<void> {
  const people = await Promise.all(NAMES.map((name) => signIn(url, name)));
  const groupId = group ?? (await createGroup(people));
  for (const person of people) await person.join(groupId);
  const speakers = people.map((person) => new Speaker(person, url, groupId));
  console.info(`${count.toLocaleString('en')} messages for ${url}/g/${groupId}`);

  let sent = 0;
  const start = performance.now();
  const reporting = setInterval(() => {
    const perSecond = Math.round((sent * 1_000) / (performance.now() - start));
    console.info(`${sent.toLocaleString('en')} sent (${perSecond} a second)`);
  }, REPORT_EVERY_MS);

  const pending = new Map<string, Promise<void>>();
  const userIds = people.map((person) => person.userId);
  let begun = 0;
  for (const { by, frame, about } of conversation(seededRandom(count), userIds)) {
    if (frame.type === 'message' && ++begun > count) break;
    // The Room must have a message before a reply or reaction to it.
    await pending.get(about ?? '');
    while (pending.size >= PENDING_MAX) await Promise.race(pending.values());
    const saying = speakers[by]?.say(frame).then(() => {
      if (frame.type === 'message') sent++;
      if (pending.get(frame.id) === saying) pending.delete(frame.id);
    });
    if (saying) pending.set(frame.id, saying);
  }
  await Promise.all(pending.values());
  clearInterval(reporting);
  for (const speaker of speakers) speaker.close();
  console.info(`Done: ${url}/g/${groupId}`);
}

async function createGroup([ada]: readonly Person[]): Promise<string> {
  if (!ada) throw new Error('no person to create the group');
  return (await ada.createGroup({ name: 'Seeded', topic: 'A long conversation' })).id;
}
