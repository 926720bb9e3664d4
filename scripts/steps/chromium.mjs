import { existsSync } from 'node:fs';
import { giveUp, NODE, run, TOOLS } from './run.mjs';

/** Where Debian's own Chromium is; `playwright.config.ts` uses it where it exists, else the one that Playwright keeps. */
const SYSTEM_CHROMIUM = '/usr/bin/chromium';

/** Makes sure that there is a Chromium for the browser tests. */
export async function installChromium() {
  if (existsSync(SYSTEM_CHROMIUM)) return;
  console.info('Installing Chromium…');
  const isRoot = process.getuid?.() === 0;
  if (isRoot && existsSync('/usr/bin/apt-get')) {
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-qq'], { env, output: 'shown when it fails' });
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
      env,
      output: 'shown when it fails',
    });
    if (existsSync(SYSTEM_CHROMIUM)) return;
  }
  if ((await run(NODE, [TOOLS.playwright, 'install', 'chromium'])) !== 0) {
    giveUp('Chromium could not be installed: see above. The browser tests need one.');
  }
}
