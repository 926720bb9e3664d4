import { rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fingerprint, isStamped } from './fingerprint.mjs';
import { giveUp, NODE, ROOT, run, TOOLS } from './run.mjs';

/** @typedef {'wrangler.local.toml' | 'wrangler.toml'} WorkerConfig */

/** The name of the bundle of each configuration. */
const SCRIPTS = { 'wrangler.local.toml': 'worker.js', 'wrangler.toml': 'index.js' };

/** The sources of the Worker. */
const SOURCES = [
  'worker',
  'local',
  'protocol',
  'tsconfig.json',
  'package-lock.json',
  'scripts/steps/bundle.mjs',
];

/**
 * Returns the path of the bundle that `bundleWorker` writes. Its source map is beside it.
 * @param {WorkerConfig} config
 */
export function bundleOf(config) {
  return join(folderOf(config), SCRIPTS[config]);
}

/**
 * Bundles the Worker of a configuration as wrangler deploys it, unless the sources are unchanged.
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
  if (code !== 0) giveUp(`The Worker of ${config} could not be bundled. See the error above.`);
  writeFileSync(stamp, print);
}

/** @param {WorkerConfig} config */
function folderOf(config) {
  return join(ROOT, 'dist/worker', basename(config, '.toml'));
}
