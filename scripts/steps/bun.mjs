import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { giveUp, ROOT, run } from './run.mjs';

const VERSION = '1.4.5';
const FOLDER = join(ROOT, 'node_modules/.cache/bun');

/** The program of Bun, once it is installed. All platforms have it under this name. */
export const BUN = join(FOLDER, 'node_modules/bun/bin/bun.exe');

/** Installs Bun for the benchmark that compares with it: 100 MB, which nobody else needs. */
export async function installBun() {
  const mark = join(FOLDER, `installed-${VERSION}`);
  if (existsSync(mark)) return;
  console.info('Installing Bun…');
  mkdirSync(FOLDER, { recursive: true });
  const manifest = { private: true, dependencies: { bun: VERSION }, allowScripts: { bun: true } };
  writeFileSync(join(FOLDER, 'package.json'), JSON.stringify(manifest));
  const installed = await run('npm', ['install', '--prefix', FOLDER, '--no-audit', '--no-fund'], {
    output: 'shown when it fails',
  });
  if (installed !== 0) giveUp('Bun could not be installed. See the error above.');
  writeFileSync(mark, '');
}
