import { setTimeout as pause } from 'node:timers/promises';
import { startEdgewiseProcess } from '../support/edgewise-process.ts';
import { type InboxSocket, type Person, signIn } from '../support/person.ts';
import { UNLIMITED_PEOPLE } from '../support/unlimited.ts';
import { inTurns } from './in-turns.ts';
import { countLatencies } from './latencies.ts';

// `npm run bench -- inbox`: from a message to the badge of the members who look at another group, and what connecting costs a
// user in 500 groups of which 10 have changed.

const ONLINE = 50;
const MESSAGES = 40;
/** A Room calls an Inbox at most once a second. */
const EVERY_MS = 1_200;
const GROUPS = 500;
const CHANGED = 10;
const CONNECTS = 10;

const server = await startEdgewiseProcess({ vars: UNLIMITED_PEOPLE });
try {
  await measureBadges(server.url);
  await measureConnecting(server.url);
} finally {
  await server.dispose();
}

async function measureBadges(url: string): Promise<void> {
  const people = await gather(url, ONLINE + 1, 'Badge');
  const [sender, ...others] = people;
  if (!sender) throw new Error('no one signed in');
  const group = await sender.createGroup({ memberIds: others.map(({ userId }) => userId) });
  const inboxes = await inTurns(others, async (person) => {
    const inbox = await person.connectInbox();
    await inbox.next('inbox_state');
    return inbox;
  });
  const took = countLatencies();
  for (let sent = 1; sent <= MESSAGES; sent += 1) {
    const startedAt = performance.now();
    const shown = inboxes.map(async (inbox) => {
      await inbox.next('inbox_update', ({ entry }) => (entry.last?.seq ?? 0) > 0);
      took.add(performance.now() - startedAt);
    });
    await sender.post(group.id, `message ${sent}`);
    await Promise.all(shown);
    await pause(EVERY_MS);
  }
  console.info(
    `from send to badge   p50 ${took.quantile(0.5)} ms, p99 ${took.quantile(0.99)} ms (${ONLINE} members online, ${MESSAGES} messages over REST)`,
  );
  await closeAll(inboxes);
}

async function measureConnecting(url: string): Promise<void> {
  const [owner, ...creators] = await gather(url, 4, 'Connect');
  if (!owner) throw new Error('no one signed in');
  // Each may send 300 requests a minute.
  const groupIds = (
    await Promise.all(
      creators.map(async (creator) => {
        const ids: string[] = [];
        for (let made = 0; made < Math.ceil(GROUPS / creators.length); made += 1) {
          ids.push((await creator.createGroup({ memberIds: [owner.userId] })).id);
        }
        return ids.map((id) => ({ id, creator }));
      }),
    )
  ).flat();
  const first = await timeToState(owner);
  const again = countLatencies();
  for (let connect = 0; connect < CONNECTS; connect += 1) {
    await inTurns(groupIds.slice(0, CHANGED), ({ id, creator }) => creator.post(id, 'news'));
    again.add(await timeToState(owner));
  }
  console.info(
    `connecting           the first time ${first} ms (${GROUPS} Rooms asked), later p50 ${again.quantile(0.5)} ms (${CHANGED} of ${GROUPS} groups changed)`,
  );
}

/** Signs people in, who are in the directory then. */
async function gather(url: string, count: number, name: string): Promise<Person[]> {
  const names = Array.from({ length: count }, (_, person) => `${name} ${person}`);
  return inTurns(names, async (each) => {
    const person = await signIn(url, each);
    await person.api('GET', '/api/users/me');
    return person;
  });
}

/** How long a new client waits for its groups, ms. */
async function timeToState(person: Person): Promise<number> {
  const startedAt = performance.now();
  const inbox = await person.connectInbox();
  await inbox.until('the state', () => inbox.events[0], 60_000);
  const took = Math.round(performance.now() - startedAt);
  await inbox.close();
  return took;
}

async function closeAll(inboxes: readonly InboxSocket[]): Promise<void> {
  await Promise.all(inboxes.map((inbox) => inbox.close()));
}
