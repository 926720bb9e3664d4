import { existsSync } from 'node:fs';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EdgewiseProcess, startEdgewiseProcess } from '../support/edgewise-process.ts';
import { eventually } from '../support/eventually.ts';

const FIREFOX = ['/usr/bin/firefox-esr', '/usr/bin/firefox'].find((path) => existsSync(path));

let edgewise: EdgewiseProcess;
let firefox: Browser;
const errors: string[] = [];

beforeAll(async () => {
  edgewise = await startEdgewiseProcess();
  if (!FIREFOX) throw new Error('Firefox is not installed: apt-get install firefox-esr');
  firefox = await puppeteer.launch({ browser: 'firefox', executablePath: FIREFOX });
}, 120_000);

afterAll(async () => {
  await firefox?.close();
  await edgewise?.dispose();
});

/** A page in a browser of its own, signed in as a demo user through the welcome page. */
async function openAs(name: string, path = '/'): Promise<Page> {
  const context = await firefox.createBrowserContext();
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.setViewport({ width: 1280, height: 800 });
  page.on('pageerror', (error) => {
    // Firefox itself reports each attempt to reach the server while it is away.
    if (!String(error).includes('establish a connection')) errors.push(String(error));
  });
  await page.goto(`${edgewise.url}/`);
  await shown(page, `Continue as ${name}`).click();
  await page.locator('[aria-label="Create a group"]').wait();
  if (path !== '/') await page.goto(`${edgewise.url}${path}`);
  return page;
}

/** What shows this text. (Firefox offers no accessibility tree over BiDi to find it by its role.) */
const shown = (page: Page, text: string) => page.locator(`::-p-text(${text})`);

/** The texts of all messages on a page, from the top. */
const texts = (page: Page) =>
  page.$$eval('[role=log] article p.whitespace-pre-wrap', (paragraphs) =>
    paragraphs.map((it) => it.innerText),
  );

async function say(page: Page, text: string): Promise<void> {
  // Firefox draws no frames of a page in the background, and Puppeteer waits for them.
  await page.bringToFront();
  await page.locator('form textarea').fill(text);
  await page.keyboard.press('Enter');
}

async function showsAll(page: Page, expected: string[]): Promise<void> {
  await eventually(async () => expect(await texts(page)).toEqual(expected), 60_000);
}

test('two people sign in, create and join a group, talk, edit, and miss nothing when the server is killed', async () => {
  const ada = await openAs('Ada');
  await ada.locator('[aria-label="Create a group"]').click();
  await ada.locator('[role=dialog] input').fill('Engines');
  await ada.locator('[role=dialog] [type=submit]').click();
  await ada.locator('form textarea').wait();
  const { pathname } = new URL(ada.url());
  expect(pathname).toMatch(/^\/g\//);

  const grace = await openAs('Grace', pathname);
  await shown(grace, 'Join Engines').click();
  await grace.locator('form textarea').wait();
  await say(ada, 'Does it weave?');
  await showsAll(grace, ['Does it weave?']);
  await say(grace, 'Like a loom, **mostly**.');
  await showsAll(ada, ['Does it weave?', 'Like a loom, mostly.']);

  await ada.bringToFront();
  await ada.locator('form textarea').click();
  await ada.keyboard.press('ArrowUp');
  await ada.locator('[aria-label="Edit message"]').wait();
  await ada.keyboard.type(' Yes!');
  await ada.keyboard.press('Enter');
  await showsAll(grace, ['Does it weave? Yes! (edited)', 'Like a loom, mostly.']);

  await edgewise.kill();
  await say(ada, 'Written while the server was away');
  await edgewise.start();
  const all = [
    'Does it weave? Yes! (edited)',
    'Like a loom, mostly.',
    'Written while the server was away',
  ];
  await showsAll(ada, all);
  await showsAll(grace, all);
  expect(errors).toEqual([]);
}, 300_000);
