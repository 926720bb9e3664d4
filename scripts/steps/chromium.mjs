import { existsSync } from 'node:fs';
import { giveUp, NODE, run, TOOLS } from './run.mjs';

/** Debian's Chromium. `playwright.config.ts` prefers it to Playwright's own. */
const SYSTEM_CHROMIUM = '/usr/bin/chromium';

/** Installs a Chromium for the browser tests if there is none. */
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
    giveUp('Chromium, which the browser tests need, could not be installed. See the error above.');
  }
}
