import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint, isStamped } from './fingerprint.mjs';
import { giveUp, NODE, run, TOOLS } from './run.mjs';

/**
 * Brings the local database in `stateDir` to the newest migration, unless it is there.
 * @param {string} stateDir
 */
export async function migrateDatabase(stateDir) {
  const print = fingerprint(['migrations']);
  const stamp = join(stateDir, 'migrations.stamp');
  if (isStamped(stamp, print)) return;
  const code = await run(
    NODE,
    [
      '--no-warnings',
      TOOLS.wrangler,
      ...['d1', 'migrations', 'apply', 'edgewise', '--local'],
      ...['-c', 'wrangler.local.toml', '--persist-to', stateDir],
    ],
    { output: 'shown when it fails' },
  );
  if (code !== 0) giveUp(`The database in ${stateDir} could not be migrated: see above.`);
  mkdirSync(stateDir, { recursive: true });
  writeFileSync(stamp, print);
}
