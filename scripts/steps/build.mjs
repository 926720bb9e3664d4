import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint, isStamped } from './fingerprint.mjs';
import { giveUp, NODE, ROOT, run, TOOLS } from './run.mjs';

/** The sources of the built page. */
const SOURCES = [
  'web',
  'protocol',
  'vite.config.ts',
  'tsconfig.json',
  'package-lock.json',
  'scripts/steps/build.mjs',
  'scripts/steps/icon-sprite.mjs',
];
const STAMP = join(ROOT, 'dist/local.stamp');

/**
 * Builds the page into `dist/web`, and a copy with Clerk's scripts into `dist/local`, unless the sources are unchanged.
 */
export async function buildPage() {
  const print = fingerprint(SOURCES);
  if (isStamped(STAMP, print)) return;
  console.info('Building the page…');
  rmSync(STAMP, { force: true });
  if ((await run(NODE, [TOOLS.vite, 'build', '--logLevel', 'warn'])) !== 0) {
    giveUp('The page could not be built. See the error above.');
  }
  const local = join(ROOT, 'dist/local');
  rmSync(local, { recursive: true, force: true });
  cpSync(join(ROOT, 'dist/web'), local, { recursive: true });
  copyClerkScripts(local);
  writeFileSync(STAMP, print);
}

/**
 * Copies Clerk's browser scripts for the local stand-in. A deployed Edgewise loads them from Clerk.
 * @param {string} folder
 */
export function copyClerkScripts(folder) {
  const scripts = [
    { from: 'node_modules/@clerk/clerk-js/dist', to: 'clerk-js', wanted: /\.browser.*\.js$/ },
    { from: 'node_modules/@clerk/ui/dist', to: 'clerk-ui', wanted: /\.js$/ },
  ];
  for (const { from, to, wanted } of scripts) {
    const source = join(ROOT, from);
    const target = join(folder, to);
    if (!existsSync(source)) giveUp(`${from} is missing. Run npm ci.`);
    mkdirSync(target, { recursive: true });
    for (const name of readdirSync(source).filter((file) => wanted.test(file))) {
      cpSync(join(source, name), join(target, name));
    }
  }
}
