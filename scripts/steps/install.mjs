import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { giveUp, NODE, ROOT, run } from './run.mjs';

/** Installs what `package-lock.json` names, unless exactly that is there already. */
export async function installDependencies() {
  if (isInstalled()) return;
  console.info('Installing dependencies…');
  // Warnings are about the machine's Node being older than the one that is installed here and then used.
  if ((await run('npm', ['ci', '--loglevel=error'])) !== 0) {
    giveUp('The dependencies could not be installed: see above. Is the npm registry reachable?');
  }
}

/** npm writes the hidden lockfile last, so it also tells an installation that was broken off. */
function isInstalled() {
  const hidden = join(ROOT, 'node_modules/.package-lock.json');
  if (!existsSync(hidden) || !existsSync(NODE)) return false;
  const wanted = packagesOf(join(ROOT, 'package-lock.json'));
  const there = packagesOf(hidden);
  return (
    Object.entries(there).every(([path, { version }]) => wanted[path]?.version === version) &&
    // What is optional is for other machines, and may be missing.
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
