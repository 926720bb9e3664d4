import { setTimeout as pause } from 'node:timers/promises';
import type { D1Database } from '@cloudflare/workers-types';
import { applyMigrations } from '../../local/server/migrate.ts';
import { startWorker } from '../../local/server/start-worker.ts';
import { readWorker } from '../../local/server/worker-options.ts';
import { FIRST_SEQ, mirroredMessages } from '../support/mirrored-messages.ts';
import { type Person, signIn } from '../support/person.ts';
import { countLatencies } from './latencies.ts';

// `npm run bench -- loading`: how long a Room that lost its storage takes to load a million messages back from D1, and after
// how long its newest page is there; then how long pages of this history take. With `--quick` a hundred thousand.

const MESSAGES = process.argv.includes('--quick') ? 100_000 : 1_000_000;
const FILLED_AT_ONCE = 50_000;
const ASKED_EVERY_MS = 500;
/** How often each page of the history is asked for. */
const PAGES = 200;

const worker = readWorker('wrangler.local.toml');
const miniflare = await startWorker(worker, {
  vars: {},
  log: ({ level, message }) => void (level === 'error' && console.error(message)),
  inspectable: true,
});
try {
  const { DB } = await miniflare.getBindings<{ DB: D1Database }>();
  await applyMigrations(DB);
  const ada = await signIn((await miniflare.ready).origin, 'Ada');
  const group = await ada.createGroup();
  const made = { groupId: group.id, userId: ada.userId, characters: 130 };
  for (let from = 1; from <= MESSAGES; from += FILLED_AT_ONCE) {
    const upTo = from + FILLED_AT_ONCE - 1;
    await DB.batch(mirroredMessages({ ...made, from, upTo }).map((it) => DB.prepare(it)));
  }
  const room = { name: group.id };
  const storage = await miniflare.unsafeGetDurableObjectStorage(worker.name, 'Room', room);
  await storage.exec('DELETE FROM group_state');
  await miniflare.unsafeEvictDurableObject(worker.name, 'Room', { ...room });

  const startedAt = performance.now();
  const seconds = () => ((performance.now() - startedAt) / 1_000).toFixed(1);
  const socket = await ada.connect(group.id);
  await socket.next('thread_state');
  console.info(`the newest page      ${seconds()} s`);
  await untilLoaded(ada, group.id);
  console.info(`${MESSAGES} messages     ${seconds()} s`);
  const [held] = await storage.exec('SELECT count(*) AS n FROM messages WHERE seq > ?', FIRST_SEQ);
  if (held?.['n'] !== MESSAGES) throw new Error(`the Room has ${String(held?.['n'])} messages`);
  await measureHistory((await miniflare.ready).origin, group.id);
} finally {
  await miniflare.dispose();
}

/** Asks until the Room has everything. */
async function untilLoaded(person: Person, groupId: string): Promise<void> {
  for (let said = ''; ; ) {
    const { status, body } = await person.api('GET', `/api/groups/${groupId}`);
    if (status === 200) return;
    const now = JSON.stringify(body).match(/\d0 %/)?.[0] ?? said;
    if (now !== said) console.info(`  ${now}`);
    said = now;
    await pause(ASKED_EVERY_MS);
  }
}

/** From request to answer, both on this machine: the newest page, older ones and ones around a message, at random places. */
async function measureHistory(url: string, groupId: string): Promise<void> {
  const anywhere = () => FIRST_SEQ + Math.ceil(Math.random() * MESSAGES);
  const queries = {
    'the newest page': () => '',
    'an older page': () => `&before=${anywhere()}`,
    'around a message': () => `&around=${anywhere()}`,
  };
  for (const [name, query] of Object.entries(queries)) {
    // One person may ask 300 times a minute.
    const person = await signIn(url, `Who reads ${name}`);
    await person.join(groupId);
    const took = countLatencies();
    for (let n = 0; n < PAGES; n += 1) {
      const startedAt = performance.now();
      const { status } = await person.api('GET', `/api/messages?groupId=${groupId}${query()}`);
      if (status !== 200) throw new Error(`${name} was answered with ${status}`);
      took.add(performance.now() - startedAt);
    }
    console.info(
      `${name.padEnd(20)} median ${took.quantile(0.5)} ms, p99 ${took.quantile(0.99)} ms`,
    );
  }
}
