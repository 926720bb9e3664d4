import { rmSync, statSync } from 'node:fs';
import { AppConfig } from '../../protocol/app-config.ts';
import { IDEMPOTENCY_MS } from '../../protocol/limits.ts';
import { Group } from '../../protocol/models.ts';
import { browserFetch } from '../../tests/support/browser-fetch.ts';
import { type Person, person, signIn } from '../../tests/support/person.ts';
import type { DemoGroup, DemoName } from './demo-group.ts';
import { type DemoPeople, done, readUpTo, speak } from './speak.ts';
import { FIRST_SEEN, GROUPS } from './world.ts';

// `node scripts/demo/make-world.ts URL UNFINISHED` makes the demo world in the Edgewise at this address, and then
// deletes the file UNFINISHED. Every request is safe to repeat: a run that was killed is continued by the next one.

/** A token is valid for a minute. */
const TOKEN_KEPT_MS = 30_000;

const [url = '', unfinished = ''] = process.argv.slice(2);

// The script that started this one has ended.
process.once('disconnect', () => process.exit(1));
// Otherwise waiting for that would keep this process alive.
process.channel?.unref();

// After this time the server forgets the keys that created the groups, and would create them again.
const isTooOld = Date.now() - statSync(unfinished).mtimeMs > IDEMPOTENCY_MS;
if (!isTooOld && (await hasDemoPeople())) await makeWorld();
rmSync(unfinished);

/** Whether the stand-in for Clerk signs people in. It is off when real keys of Clerk are set. */
async function hasDemoPeople(): Promise<boolean> {
  const answer = await browserFetch(`${url}/api/config`);
  return AppConfig.parse(await answer.json()).demo !== undefined;
}

async function makeWorld(): Promise<void> {
  const [Ada, Grace, Linus, Margaret, Alan] = await Promise.all([
    arrive('Ada'),
    arrive('Grace'),
    arrive('Linus'),
    arrive('Margaret'),
    arrive('Alan'),
  ]);
  const people: DemoPeople = { Ada, Grace, Linus, Margaret, Alan };
  await Promise.all([
    done(Grace.api('PATCH', '/api/users/me', { status: { emoji: '☕', text: 'Back at four' } })),
    done(Linus.api('PATCH', '/api/users/me', { status: { emoji: '🎧', text: 'Heads down' } })),
    ...GROUPS.map((group) => makeGroup(people, group)),
  ]);
  await makeGroup(people, FIRST_SEEN);
}

/** Signs a demo person in. A person of the tests asks for a new token with every request, which would take half of the time. */
async function arrive(name: DemoName): Promise<Person> {
  const signedIn = await signIn(url, name);
  let kept = { token: '', until: 0 };
  const arrived = person({
    ...signedIn,
    url,
    origin: url,
    async token() {
      if (Date.now() > kept.until) {
        kept = { token: await signedIn.token(), until: Date.now() + TOKEN_KEPT_MS };
      }
      return kept.token;
    },
  });
  // Nobody can be added to a group before their first request.
  await done(arrived.api('GET', '/api/users/me'));
  return arrived;
}

async function makeGroup(people: DemoPeople, group: DemoGroup): Promise<void> {
  const { key, named, members, read, unread } = group;
  const [creator, ...others] = members.map((name) => people[name]);
  if (!creator) return;
  const memberIds = others.map(({ userId }) => userId);
  const body = named ? { kind: 'group', ...named, memberIds } : { kind: 'direct', memberIds };
  const headers = { 'idempotency-key': `demo-${key}` };
  const created = await done(creator.api('POST', '/api/groups', body, headers));
  const { id } = created.as(Group);
  const lastSeq = await speak(people, id, `${key}/read`, read);
  await readUpTo(lastSeq, id, [creator, ...others]);
  await speak(people, id, `${key}/unread`, unread);
}
