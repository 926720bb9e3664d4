import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import lighthouse from 'lighthouse';
import { freePort, startEdgewiseProcess } from '../support/edgewise-process.ts';
import { signIn } from '../support/person.ts';

// `npm run lighthouse`: the scores of three pages on a phone with a slow network and processor, as Lighthouse simulates
// them. The group is the second visit of a signed-in user: what the browser keeps of the first one is there.

const SYSTEM_CHROMIUM = '/usr/bin/chromium';
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
/** The audits of performance that are printed. */
const METRICS = [
  ['FCP', 'first-contentful-paint'],
  ['LCP', 'largest-contentful-paint'],
  ['TBT', 'total-blocking-time'],
  ['CLS', 'cumulative-layout-shift'],
] as const;

const server = await startEdgewiseProcess();
const profile = mkdtempSync(join(tmpdir(), 'edgewise-lighthouse-'));
const port = await freePort();
const context = await chromium.launchPersistentContext(profile, {
  ...(existsSync(SYSTEM_CHROMIUM) ? { executablePath: SYSTEM_CHROMIUM } : {}),
  args: [
    `--remote-debugging-port=${port}`,
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-background-networking',
    '--disable-component-update',
  ],
});
try {
  await measure('welcome', '/');
  await measure('sign-in', '/sign-in');
  await measure('a group', await visitGroup());
} finally {
  await context.close();
  await server.dispose();
  rmSync(profile, { recursive: true, force: true });
}

/** Signs Ada in, in this browser, and opens a group with messages; returns its path. */
async function visitGroup(): Promise<string> {
  const ada = await signIn(server.url, 'Ada');
  const group = await ada.createGroup({ name: 'Engines', topic: 'What they can do' });
  for (let count = 1; count <= 30; count += 1) await ada.post(group.id, `Message ${count}`);
  const signedIn = await context.request.post(`${server.url}/__clerk/v1/client/sign_ins`, {
    headers: { origin: server.url },
    form: { strategy: 'ticket', ticket: 'demo:Ada' },
  });
  if (!signedIn.ok()) throw new Error('Ada cannot sign in');
  const page = await context.newPage();
  await page.goto(`${server.url}/g/${group.id}`);
  await page.getByText('Message 30', { exact: true }).waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.close();
  return `/g/${group.id}`;
}

async function measure(name: string, path: string): Promise<void> {
  const run = await lighthouse(`${server.url}${path}`, {
    port,
    logLevel: 'error',
    onlyCategories: [...CATEGORIES],
    // What the browser keeps is part of what is measured.
    disableStorageReset: true,
  });
  if (!run) throw new Error(`Lighthouse could not measure ${path}`);
  const { categories, audits } = run.lhr;
  const scores = CATEGORIES.map((it) => `${it} ${Math.round((categories[it]?.score ?? 0) * 100)}`);
  const metrics = METRICS.map(([short, it]) => `${short} ${audits[it]?.displayValue ?? '?'}`);
  console.info(`${name}: ${scores.join(', ')} (${metrics.join(', ')})`);
  for (const category of CATEGORIES.slice(1)) {
    for (const { id } of categories[category]?.auditRefs ?? []) {
      const { score, title } = audits[id] ?? {};
      if (typeof score === 'number' && score < 1) console.info(`  ${category}: ${title}`);
    }
  }
}
