import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { startEdgewiseProcess } from '../support/edgewise-process.ts';
import { seededRandom } from '../support/seeded-random.ts';

// `npm run bench -- use [minutes]`: three people use the page in Chromium, and every response of the server is counted.
// Fails if one is a 5xx, or if an action cannot be done.

const MINUTES = Number(process.argv[2] ?? 60);
const PEOPLE = ['Ada', 'Grace', 'Linus'];
/** The pause between two actions of one person, ms. */
const PAUSE = { atLeast: 1_000, spread: 3_000 };
const SYSTEM_CHROMIUM = '/usr/bin/chromium';
const random = seededRandom(11);

const statuses = new Map<string, number>();
const actions = new Map<string, number>();
const failures: string[] = [];

/** A page of a new browser in which this demo user has signed in. */
async function open(name: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.url, serviceWorkers: 'block' });
  count(context);
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await signIn(page, name);
  return page;
}

function count(context: BrowserContext): void {
  context.on('response', (response) => {
    const status = `${response.status()}`;
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (response.status() >= 500)
      failures.push(`${status} ${response.request().method()} ${response.url()}`);
  });
}

async function signIn(page: Page, name: string): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: `Continue as ${name}` }).click();
  await page.getByRole('button', { name: 'Create a group' }).first().waitFor();
}

async function use(name: string, group: string): Promise<void> {
  const page = await open(name);
  await enter(page, group);
  while (Date.now() < until) {
    const [action, act] = random.one(ACTIONS);
    try {
      await act(page, name, group);
      actions.set(action, (actions.get(action) ?? 0) + 1);
    } catch (error) {
      const shown = await page.locator('body').innerText();
      const why = String(error).split('\n', 1)[0];
      failures.push(
        `${name} could not ${action}: ${why}; the page at ${page.url()} showed: ${shown}`,
      );
      await returnTo(page, name, group);
    }
    await pause(PAUSE.atLeast + random.next() * PAUSE.spread);
  }
  await page.context().close();
}

/** Leads back to the group, wherever a failed action has left the page. */
async function returnTo(page: Page, name: string, group: string): Promise<void> {
  await page.goto(group);
  const stranger = page.getByRole('button', { name: `Continue as ${name}` });
  await composer(page).or(stranger).first().waitFor();
  if (await stranger.isVisible()) await signIn(page, name);
  await enter(page, group);
}

/** Opens the group, and joins it the first time. */
async function enter(page: Page, group: string): Promise<void> {
  await page.goto(group);
  const join = page.getByRole('button', { name: /^Join / });
  await composer(page).or(join).first().waitFor();
  if (await join.isVisible()) await join.click();
  await composer(page).waitFor();
}

function composer(page: Page) {
  return page.getByRole('textbox', { name: /^Message / });
}

type Act = (page: Page, name: string, group: string) => Promise<void>;

const say: Act = async (page, name) => {
  await composer(page).fill(`${name} says that it is **${Date.now()}**`);
  await composer(page).press('Enter');
};

/** What people do, the usual more often. */
const ACTIONS: readonly [string, Act][] = [
  ['send', say],
  ['send', say],
  ['send', say],
  [
    'edit',
    async (page, name) => {
      await say(page, name, '');
      await pause(500);
      await composer(page).press('ArrowUp');
      await page.getByRole('textbox', { name: 'Edit message' }).fill(`${name} changed their mind`);
      await page.keyboard.press('Enter');
    },
  ],
  ['reload', async (page) => void (await page.reload())],
  [
    'rename',
    async (page, name, group) => {
      // Ada owns the group.
      if (name !== 'Ada') return;
      await page.getByRole('button', { name: 'Details', exact: true }).click();
      await page.getByRole('button', { name: 'Edit name, topic and picture' }).click();
      await page.getByLabel('Name', { exact: true }).fill(`Engines ${Date.now() % 1_000}`);
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('button', { name: 'Edit name, topic and picture' }).waitFor();
      await enter(page, group);
    },
  ],
  [
    'visit the list of groups',
    async (page, _, group) => {
      await page.goto('/browse');
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await enter(page, group);
    },
  ],
  [
    'sign out and in',
    async (page, name, group) => {
      await page
        .getByRole('button', { name: new RegExp(`^${name}`) })
        .first()
        .click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await page.getByRole('button', { name: 'Sign out' }).click();
      // The page is left for the welcome page.
      await page.waitForURL((url) => url.pathname === '/');
      await page.waitForLoadState();
      await page.getByRole('button', { name: `Continue as ${name}` }).waitFor();
      await signIn(page, name);
      await enter(page, group);
    },
  ],
];

const server = await startEdgewiseProcess();
const browser = await chromium.launch({
  ...(existsSync(SYSTEM_CHROMIUM) ? { executablePath: SYSTEM_CHROMIUM } : {}),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
const until = Date.now() + MINUTES * 60_000;
try {
  const creator = await open('Ada');
  await creator.getByRole('button', { name: 'Create a group' }).first().click();
  await creator.getByLabel('Name', { exact: true }).fill('Engines');
  await creator.getByRole('button', { name: 'Create group' }).click();
  await creator.waitForURL(/\/g\//);
  const { pathname } = new URL(creator.url());
  await creator.context().close();
  await Promise.all(PEOPLE.map((name) => use(name, pathname)));
} finally {
  await browser.close();
  await server.dispose();
}
console.info(`${MINUTES} minutes, actions: ${JSON.stringify(Object.fromEntries(actions))}`);
console.info(`responses by status: ${JSON.stringify(Object.fromEntries(statuses))}`);
for (const failure of failures) console.info(failure);
process.exitCode = failures.length === 0 ? 0 : 1;
