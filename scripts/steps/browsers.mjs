import { existsSync } from 'node:fs';
import { giveUp, NODE, run, TOOLS } from './run.mjs';

/** Debian's Chromium. `playwright.config.ts` prefers it to Playwright's own. */
const SYSTEM_CHROMIUM = '/usr/bin/chromium';
/** The places of a Firefox that `tests/firefox` looks into. */
const SYSTEM_FIREFOX = ['/usr/bin/firefox-esr', '/usr/bin/firefox'];

/** Installs a Chromium for the browser tests if there is none. */
export async function installChromium() {
  if (existsSync(SYSTEM_CHROMIUM)) return;
  console.info('Installing Chromium…');
  await installPackage('chromium');
  if (existsSync(SYSTEM_CHROMIUM)) return;
  if ((await run(NODE, [TOOLS.playwright, 'install', 'chromium'])) !== 0) {
    giveUp('Chromium, which the browser tests need, could not be installed. See the error above.');
  }
}

/** Installs a Firefox for `npm test -- firefox` if there is none. */
export async function installFirefox() {
  if (SYSTEM_FIREFOX.some((path) => existsSync(path))) return;
  console.info('Installing Firefox…');
  await installPackage('firefox-esr');
  if (SYSTEM_FIREFOX.some((path) => existsSync(path))) return;
  giveUp(`Install Firefox, so that it is at ${SYSTEM_FIREFOX.join(' or ')}, and try again.`);
}

/**
 * Installs a package of Debian, where this is allowed.
 * @param {string} name
 */
async function installPackage(name) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env, output: 'shown when it fails' });
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], {
    env,
    output: 'shown when it fails',
  });
}
