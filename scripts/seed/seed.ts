import { parseArgs } from 'node:util';
import { type Person, signIn } from '../../tests/support/person.ts';
import { seededRandom } from '../../tests/support/seeded-random.ts';
import { conversation } from './conversation.ts';
import { Speaker } from './speaker.ts';

const HELP = `Fills a group of a running local Edgewise with conversation, said by several demo people through its sockets.

  npm run seed -- [--messages 1000] [--group <id>] [--url http://localhost:3000]

Without --group a public group is made; a group that is named must be public, or have the people in it.

Edgewise lets one person say 10 things a second in a group: a hundred thousand messages take most of an hour. For
more, write this into a file .dev.vars beside wrangler.local.toml, and start Edgewise again:

  LIMIT_FRAMES_BURST=100000
  LIMIT_FRAMES_PER_SECOND=100000
`;

const NAMES = ['Ada', 'Grace', 'Linus', 'Margaret', 'Alan'];
/** What nobody has answered yet; more would only fill the memory of this script. */
const UNDER_WAY = 50;
const TELL_EVERY_MS = 2_000;

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
  const groupId = group ?? (await foundGroup(people));
  for (const person of people) await person.join(groupId);
  const speakers = people.map((person) => new Speaker(person, url, groupId));
  console.info(`${count.toLocaleString('en')} messages go into ${url}/g/${groupId}`);

  let said = 0;
  const start = performance.now();
  const telling = setInterval(() => {
    const perSecond = Math.round((said * 1_000) / (performance.now() - start));
    console.info(`${said.toLocaleString('en')} said (${perSecond} a second)`);
  }, TELL_EVERY_MS);

  const underWay = new Map<string, Promise<void>>();
  const userIds = people.map((person) => person.userId);
  let begun = 0;
  for (const { by, frame, about } of conversation(seededRandom(count), userIds)) {
    if (frame.type === 'message' && ++begun > count) break;
    // What is answered or reacted to has to be there first.
    await underWay.get(about ?? '');
    while (underWay.size >= UNDER_WAY) await Promise.race(underWay.values());
    const saying = speakers[by]?.say(frame).then(() => {
      if (frame.type === 'message') said++;
      if (underWay.get(frame.id) === saying) underWay.delete(frame.id);
    });
    if (saying) underWay.set(frame.id, saying);
  }
  await Promise.all(underWay.values());
  clearInterval(telling);
  for (const speaker of speakers) speaker.close();
  console.info(`Done: ${url}/g/${groupId}`);
}

async function foundGroup([ada]: readonly Person[]): Promise<string> {
  if (!ada) throw new Error('nobody is there to found a group');
  return (await ada.createGroup({ name: 'Seeded', topic: 'Much has been said here' })).id;
}
