import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { giveUp, NODE, ROOT, run } from './run.mjs';

/** Installs the packages of `package-lock.json`, unless exactly these are installed. */
export async function installDependencies() {
  if (isInstalled()) return;
  console.info('Installing dependencies…');
  // npm would warn about an older Node on the machine, but the tools run on the one that it installs.
  if ((await run('npm', ['ci', '--loglevel=error'])) !== 0) {
    giveUp(
      'The dependencies could not be installed. See the error above. Is the npm registry reachable?',
    );
  }
}

/** npm writes the hidden lockfile last, so it is missing after an interrupted installation. */
function isInstalled() {
  const hidden = join(ROOT, 'node_modules/.package-lock.json');
  if (!existsSync(hidden) || !existsSync(NODE)) return false;
  const wanted = packagesOf(join(ROOT, 'package-lock.json'));
  const there = packagesOf(hidden);
  return (
    Object.entries(there).every(([path, { version }]) => wanted[path]?.version === version) &&
    // Optional packages are for other platforms and may be missing.
    Object.entries(wanted).every(([path, it]) => path === '' || it.optional || path in there)
  );
}

/**
 * @param {string} lockfile
 * @returns {Record<string, { version?: string, optional?: boolean }>}
 */
function packagesOf(lockfile) {
  return JSON.parse(readFileSync(lockfile, 'utf8')).packages;
}
