import { rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fingerprint, isStamped } from './fingerprint.mjs';
import { giveUp, NODE, ROOT, run, TOOLS } from './run.mjs';

/** @typedef {'wrangler.local.toml' | 'wrangler.toml'} WorkerConfig */

/** The script that each configuration's entry becomes. */
const SCRIPTS = { 'wrangler.local.toml': 'worker.js', 'wrangler.toml': 'index.js' };

/** Everything that the Worker is made of. */
const SOURCES = [
  'worker',
  'local',
  'protocol',
  'tsconfig.json',
  'package-lock.json',
  'scripts/steps/bundle.mjs',
];

/**
 * The script that `bundleWorker` writes; its source map lies beside it.
 * @param {WorkerConfig} config
 */
export function bundleOf(config) {
  return join(folderOf(config), SCRIPTS[config]);
}

/**
 * Bundles the Worker of a configuration as wrangler deploys it, unless nothing changed.
 * @param {WorkerConfig} config
 */
export async function bundleWorker(config) {
  const folder = folderOf(config);
  const stamp = `${folder}.stamp`;
  const print = fingerprint([...SOURCES, config]);
  if (isStamped(stamp, print)) return;
  console.info('Bundling the Worker…');
  rmSync(stamp, { force: true });
  const code = await run(
    NODE,
    [
      ...['--no-warnings', TOOLS.wrangler, 'deploy', '--dry-run'],
      ...['--config', config, '--outdir', folder],
    ],
    { output: 'shown when it fails' },
  );
  if (code !== 0) giveUp(`The Worker of ${config} could not be bundled: see above.`);
  writeFileSync(stamp, print);
}

/** @param {WorkerConfig} config */
function folderOf(config) {
  return join(ROOT, 'dist/worker', basename(config, '.toml'));
}
