import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium, type Page } from '@playwright/test';
import { conversation } from '../../scripts/seed/conversation.ts';
import { messageFrame } from '../support/connected-group.ts';
import { startEdgewiseProcess } from '../support/edgewise-process.ts';
import { signIn } from '../support/person.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { UNLIMITED_PEOPLE } from '../support/unlimited.ts';
import { inTurns } from './in-turns.ts';
import { countLatencies } from './latencies.ts';
import { OverloadClient } from './overload-client.ts';
import { sharedFrames } from './shared-frames.ts';

// `npm run bench -- scroll [--quick]`: how smoothly a browser scrolls through a very long group under load.
// The frames are also measured without scrolling, so that both can be compared on one machine.

const MESSAGES = process.argv.includes('--quick') ? 5_000 : 100_000;
/** Messages in flight at a time. */
const UNDER_WAY = 300;
const ARRIVING_PER_SECOND = 50;
const MEASURED_MS = 10_000;
/** A turn of the wheel in px, and the time between two turns. */
const WHEEL_PX = 400;
const WHEEL_EVERY_MS = 50;
const SYSTEM_CHROMIUM = '/usr/bin/chromium';
const UNLIMITED = {
  ...UNLIMITED_PEOPLE,
  LIMIT_ROOM_FRAMES_PER_SECOND: '1000000',
};

const server = await startEdgewiseProcess({ vars: UNLIMITED });
const browser = await chromium.launch({
  ...(existsSync(SYSTEM_CHROMIUM) ? { executablePath: SYSTEM_CHROMIUM } : {}),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  const reader = await signIn(server.url, 'Reader');
  const group = await reader.createGroup({ name: 'Very long' });
  console.info(`${MESSAGES} messages are said…`);
  await fill(server.url, group.id);
  const talker = await signIn(server.url, 'Talker');
  await talker.join(group.id);
  const socket = await talker.connect(group.id);
  const talking = setInterval(
    () => socket.send(messageFrame('Somebody says something, **and goes on** saying it')),
    1_000 / ARRIVING_PER_SECOND,
  );
  const page = await openAs('Reader', server.url);
  await tell('opening', () => open(page, `/g/${group.id}`), page);
  await tell('nobody scrolls', () => pause(MEASURED_MS), page);
  await tell('scrolling up', () => scroll(page, -WHEEL_PX), page);
  await tell('scrolling down', () => scroll(page, WHEEL_PX), page);
  const middle = await messageAt(Math.round(MESSAGES / 2));
  await tell('jumping', () => open(page, `/g/${group.id}/m/${middle}`), page);
  await tell('scrolling up there', () => scroll(page, -WHEEL_PX), page);
  await tell('scrolling down there', () => scroll(page, WHEEL_PX), page);
  clearInterval(talking);
  socket.terminate();

  async function messageAt(seq: number): Promise<string> {
    const path = `/api/messages?groupId=${group.id}&around=${seq}&limit=1`;
    const { body } = await reader.api('GET', path);
    const [, id] = /"id":"([^"]+)"/.exec(JSON.stringify(body)) ?? [];
    if (id === undefined) throw new Error('there is no message in the middle');
    return id;
  }
} finally {
  await browser.close();
  await server.dispose();
}

/** Sends the messages of `npm run seed`, as fast as the Room accepts them. */
async function fill(url: string, groupId: string): Promise<void> {
  const none = () => undefined;
  const parts = { url, groupId, parse: sharedFrames(), toldToWait: none, closed: none };
  const people = await inTurns(['Ada', 'Grace', 'Linus', 'Margaret', 'Alan'], async (name) => {
    const person = await signIn(url, name);
    await person.join(groupId);
    return new OverloadClient(person, parts);
  });
  await inTurns(people, (client) => client.open());
  const unsaid = () => people.reduce((sum, client) => sum + client.unsaid, 0);
  let said = 0;
  for (const { by, frame } of conversation(
    seededRandom(1),
    people.map(({ person }) => person.userId),
  )) {
    if (said === MESSAGES) break;
    if (frame.type !== 'message') continue;
    people[by]?.offer(frame.content);
    said++;
    while (unsaid() >= UNDER_WAY) await pause(1);
  }
  while (unsaid() > 0) await pause(10);
  for (const client of people) client.end();
}

async function openAs(name: string, baseURL: string): Promise<Page> {
  const context = await browser.newContext({ baseURL, serviceWorkers: 'block' });
  await context.request.post('/__clerk/v1/client/sign_ins', {
    headers: { origin: baseURL },
    form: { strategy: 'ticket', ticket: `demo:${name}` },
  });
  const page = await context.newPage();
  // The duration of each frame, and the highest number of rows.
  await page.addInitScript(() => {
    const frames: number[] = [];
    let last = performance.now();
    let rows = 0;
    const look = (now: number): void => {
      frames.push(now - last);
      last = now;
      rows = Math.max(rows, document.querySelectorAll('[data-message]').length);
      Object.assign(window, { seen: { frames, rows } });
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  return page;
}

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.locator('[data-message]').first().waitFor();
}

async function scroll(page: Page, pixels: number): Promise<void> {
  await page.getByRole('log').hover();
  const end = performance.now() + MEASURED_MS;
  while (performance.now() < end) {
    await page.mouse.wheel(0, pixels);
    await pause(WHEEL_EVERY_MS);
  }
}

/** Runs an action; returns the frames' durations meanwhile. */
async function tell(what: string, work: () => Promise<void>, page: Page): Promise<void> {
  const before = (await framesOf(page)).frames.length;
  const start = performance.now();
  await work();
  const tookMs = Math.round(performance.now() - start);
  const { frames, rows } = await framesOf(page);
  // A reopened page counts from its start.
  const during = countLatencies();
  for (const ms of frames.slice(frames.length > before ? before : 0)) during.add(ms);
  const [median, p95, p99] = [0.5, 0.95, 0.99].map((share) => during.quantile(share));
  console.info(
    `${what.padEnd(22)} ${String(tookMs).padStart(6)} ms   frames: median ${median} ms, p95 ${p95} ms, p99 ${p99} ms   at most ${rows} rows`,
  );
}

async function framesOf(page: Page): Promise<{ frames: number[]; rows: number }> {
  return page.evaluate(() => Reflect.get(window, 'seen') ?? { frames: [], rows: 0 });
}
