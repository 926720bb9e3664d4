import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint, isStamped } from './fingerprint.mjs';
import { giveUp, NODE, ROOT, run, TOOLS } from './run.mjs';

/** Everything that the built page is made of. */
const SOURCES = [
  'web',
  'protocol',
  'vite.config.ts',
  'tsconfig.json',
  'package-lock.json',
  'scripts/steps/build.mjs',
];
const STAMP = join(ROOT, 'dist/local.stamp');

/** Builds the page into `dist/web`, and into `dist/local` with Clerk's scripts beside it, unless nothing changed. */
export async function buildPage() {
  const print = fingerprint(SOURCES);
  if (isStamped(STAMP, print)) return;
  console.info('Building the page…');
  rmSync(STAMP, { force: true });
  if ((await run(NODE, [TOOLS.vite, 'build', '--logLevel', 'warn'])) !== 0) {
    giveUp('The page could not be built: see above.');
  }
  const local = join(ROOT, 'dist/local');
  rmSync(local, { recursive: true, force: true });
  cpSync(join(ROOT, 'dist/web'), local, { recursive: true });
  copyClerkScripts(local);
  writeFileSync(STAMP, print);
}

/**
 * Puts Clerk's own browser scripts, which a deployed Edgewise loads from Clerk, where the local stand-in serves them.
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
    if (!existsSync(source)) giveUp(`${from} is missing: run npm ci.`);
    mkdirSync(target, { recursive: true });
    for (const name of readdirSync(source).filter((file) => wanted.test(file))) {
      cpSync(join(source, name), join(target, name));
    }
  }
}
