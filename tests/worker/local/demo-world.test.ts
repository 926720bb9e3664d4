import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppConfig } from '../../../protocol/app-config.ts';
import { GroupList, InboxEntryList, MessagePage } from '../../../protocol/rest.ts';
import { freePort } from '../../support/edgewise-process.ts';
import { eventually } from '../../support/eventually.ts';
import { type NpmStart, npmStart } from '../../support/npm-start.ts';
import { type Person, signIn } from '../../support/person.ts';

/** How long a start with its demo world may take on a busy machine. */
const START_MS = 90_000;
const READY = 'The demo groups are ready';

let stateDir: string;
let started: NpmStart;

beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), 'edgewise-demo-'));
});
afterEach(async () => {
  await stop('SIGTERM');
  rmSync(stateDir, { recursive: true, force: true });
});

/** Starts Edgewise with the state of this test; returns its address. */
async function start(env: Record<string, string>): Promise<string> {
  const port = await freePort();
  started = npmStart({ PORT: String(port), STATE_DIR: stateDir, ...env });
  const url = `http://localhost:${port}`;
  await started.prints(`Edgewise is running at ${url}`);
  return url;
}

async function stop(signal: NodeJS.Signals): Promise<void> {
  started.kill(signal);
  await started.exited;
}

async function groupsOf(person: Person) {
  return (await person.api('GET', '/api/groups')).as(InboxEntryList).items;
}

/** The texts in each group of a person, by the name of the group, or of the people in a direct one. */
async function textsOf(person: Person): Promise<Map<string, string[]>> {
  const texts = new Map<string, string[]>();
  for (const { group, people = [] } of await groupsOf(person)) {
    const path = `/api/messages?groupId=${group.id}&limit=100`;
    const { messages } = (await person.api('GET', path)).as(MessagePage);
    const name = group.kind === 'group' ? group.name : people.map((it) => it.name).join();
    expect(texts.has(name), `${name} exists once`).toBe(false);
    texts.set(
      name,
      messages.map(({ content }) => content),
    );
  }
  return texts;
}

describe('the demo world of an empty state', () => {
  it(
    'gives everyone whom the welcome page offers groups, conversations, something unread and a mention',
    async () => {
      const url = await start({ DEMO: '1' });
      await started.prints(READY);
      const config = AppConfig.parse(await (await fetch(`${url}/api/config`)).json());
      expect(config.demo?.length).toBeGreaterThan(2);
      for (const name of config.demo ?? []) {
        const entries = await groupsOf(await signIn(url, name));
        const groups = entries.filter(({ group }) => group.kind === 'group');
        const direct = entries.filter(({ group }) => group.kind === 'direct');
        expect(groups.map(({ group }) => group.name).sort(), name).toEqual([
          'Engine room',
          'Weekend hike',
          'Welcome',
        ]);
        expect(direct.length, name).toBeGreaterThanOrEqual(2);
        for (const part of [groups, direct]) {
          expect(Math.max(...part.map(({ unread }) => unread)), name).toBeGreaterThan(0);
          expect(Math.max(...part.map(({ unread }) => unread)), name).toBeLessThan(5);
          expect(Math.max(...part.map(({ mentions }) => mentions)), name).toBeGreaterThan(0);
        }
        expect(direct.some(({ unread }) => unread === 0)).toBe(true);
      }

      const ada = await signIn(url, 'Ada');
      const welcome = (await groupsOf(ada)).find(({ group }) => group.name === 'Welcome');
      const page = await ada.api('GET', `/api/messages?groupId=${welcome?.group.id}`);
      const { messages } = page.as(MessagePage);
      expect(messages.some(({ pinnedAt }) => pinnedAt !== undefined)).toBe(true);
      expect(messages.some(({ replyCount }) => replyCount)).toBe(true);
      expect(messages.some(({ reactions }) => reactions?.length)).toBe(true);

      const zoe = await signIn(url, 'Zoe');
      expect(await groupsOf(zoe)).toEqual([]);
      const open = (await zoe.api('GET', '/api/groups/public')).as(GroupList);
      expect(open.items.map(({ name }) => name)).toEqual(['Engine room', 'Welcome']);
    },
    START_MS,
  );

  it(
    'is made once, and completed by the next start if the first is killed',
    async () => {
      const first = await start({ DEMO: '1' });
      await eventually(async () => {
        expect((await groupsOf(await signIn(first, 'Ada'))).length).toBeGreaterThan(0);
      }, START_MS);
      await stop('SIGKILL');
      expect(started.output()).not.toContain(READY);

      const second = await start({ DEMO: '1' });
      await started.prints(READY);
      const whole = await textsOf(await signIn(second, 'Ada'));
      expect(whole.size).toBe(6);
      for (const [name, texts] of whole) {
        const written = texts.filter((text) => text !== '');
        expect(new Set(written).size, `nothing in ${name} is said twice`).toBe(written.length);
        expect(written.length, name).toBeGreaterThanOrEqual(3);
      }
      await stop('SIGTERM');

      const third = await start({ DEMO: '1' });
      expect(started.output()).not.toContain('demo');
      expect(await textsOf(await signIn(third, 'Ada'))).toEqual(whole);
    },
    3 * START_MS,
  );

  it(
    'is left out with DEMO=0, also at later starts',
    async () => {
      await start({ DEMO: '0' });
      await stop('SIGTERM');
      const url = await start({ DEMO: '1' });
      expect(started.output()).not.toContain('demo');
      expect(await groupsOf(await signIn(url, 'Ada'))).toEqual([]);
    },
    2 * START_MS,
  );
});
