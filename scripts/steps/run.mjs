import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** The root folder of the repository. */
export const ROOT = join(import.meta.dirname, '../..');

/** The Node that npm installs for the project. The machine's own may be too old for the tools. */
export const NODE = join(
  ROOT,
  'node_modules/node/bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

/** The scripts of the tools, for `NODE`. */
export const TOOLS = {
  vite: join(ROOT, 'node_modules/vite/bin/vite.js'),
  vitest: join(ROOT, 'node_modules/vitest/vitest.mjs'),
  playwright: join(ROOT, 'node_modules/@playwright/test/cli.js'),
  // Not `bin/wrangler.js`: it starts this script as a child process, which survives when wrangler is killed.
  wrangler: join(ROOT, 'node_modules/wrangler/wrangler-dist/cli.js'),
};

/** Environment of every tool: no telemetry, no banner, no request for Cloudflare's location data. */
export const QUIET = {
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
};

/**
 * Runs a command in the repository and waits for it.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string>, output?: 'shown' | 'shown when it fails' }} [options]
 * @returns {Promise<number>} the exit code; 1 if a signal ended it
 */
export function run(command, args, { env = {}, output = 'shown' } = {}) {
  const shown = output === 'shown';
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...QUIET, ...env },
      stdio: ['ignore', shown ? 'inherit' : 'pipe', shown ? 'inherit' : 'pipe'],
      // On Windows npm is a shell script.
      shell: process.platform === 'win32' && command === 'npm',
    });
    /** @type {Buffer[]} */
    const written = [];
    child.stdout?.on('data', (chunk) => written.push(chunk));
    child.stderr?.on('data', (chunk) => written.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code !== 0) process.stderr.write(Buffer.concat(written));
      resolve(code ?? 1);
    });
  });
}

/**
 * Prints a sentence for the user and exits with code 1.
 * @param {string} sentence
 * @returns {never}
 */
export function giveUp(sentence) {
  console.error(sentence);
  process.exit(1);
}
