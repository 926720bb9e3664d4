import { setTimeout as pause } from 'node:timers/promises';
import { startEdgewiseProcess } from '../support/edgewise-process.ts';
import type { InboxSocket, Person } from '../support/person.ts';
import { UNLIMITED_PEOPLE } from '../support/unlimited.ts';
import { gatherMany } from './gather-people.ts';
import { inTurns } from './in-turns.ts';
import { countLatencies } from './latencies.ts';

// `npm run bench -- inbox`: from a message to the badge of the members who look at another group, what connecting costs a
// user in 500 groups of which 10 have changed, and how long their page of threads waits.

const ONLINE = 50;
const MESSAGES = 40;
/** A Room calls an Inbox at most once a second. */
const EVERY_MS = 1_200;
const GROUPS = 500;
const CHANGED = 10;
const CONNECTS = 10;
const THREADS = 200;
const OPENINGS = 20;
/** What the page of threads asks for. */
const THREADS_PAGE = 20;

const server = await startEdgewiseProcess({ vars: UNLIMITED_PEOPLE });
try {
  await measureBadges(server.url);
  await measureConnecting(server.url);
} finally {
  await server.dispose();
}

async function measureBadges(url: string): Promise<void> {
  const people = await gatherMany(url, ONLINE + 1, 'Badge');
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
  const [owner, ...creators] = await gatherMany(url, 6, 'Connect');
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
  await measureThreads(owner, groupIds.slice(0, THREADS));
}

/** How long the page of threads waits for someone who follows one in each of these groups, a half of them unread. */
async function measureThreads(
  owner: Person,
  groups: readonly { id: string; creator: Person }[],
): Promise<void> {
  const inbox = await owner.connectInbox();
  await inbox.until('the state', () => inbox.events[0], 60_000);
  for (const [index, { id, creator }] of groups.entries()) {
    const root = await creator.post(id, `<@${owner.userId}> a root`);
    const reply = await creator.post(id, 'a reply', { parentId: root.id });
    if (index % 2 > 0) continue;
    const read = { readSeq: reply.seq };
    await owner.api('PATCH', `/api/threads/${root.id}?groupId=${id}`, read);
  }
  const list = `/api/threads?limit=${THREADS_PAGE}`;
  const startedAt = performance.now();
  await owner.api('GET', list);
  const first = Math.round(performance.now() - startedAt);
  const took = countLatencies();
  for (let opening = 0; opening < OPENINGS; opening += 1) {
    const openedAt = performance.now();
    await owner.api('GET', list);
    took.add(performance.now() - openedAt);
  }
  console.info(
    `opening the threads  the first time ${first} ms, later p50 ${took.quantile(0.5)} ms, p99 ${took.quantile(0.99)} ms (${GROUPS} groups, ${groups.length} followed threads, ${THREADS_PAGE} on the page)`,
  );
  await inbox.close();
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
