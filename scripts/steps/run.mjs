import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** The repository's own folder. */
export const ROOT = join(import.meta.dirname, '../..');

/** The Node that the project brings: the machine's own may be older than what the tools need. */
export const NODE = join(
  ROOT,
  'node_modules/node/bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

/** Scripts of the tools, to be run with `NODE`. */
export const TOOLS = {
  vite: join(ROOT, 'node_modules/vite/bin/vite.js'),
  vitest: join(ROOT, 'node_modules/vitest/vitest.mjs'),
  playwright: join(ROOT, 'node_modules/@playwright/test/cli.js'),
  // Not `bin/wrangler.js`: that starts this one as a child of its own, which outlives it when it is killed.
  wrangler: join(ROOT, 'node_modules/wrangler/wrangler-dist/cli.js'),
};

/** What every tool runs with: nothing is reported home, nothing asks the network whether there is news. */
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
 * @returns {Promise<number>} its exit code; 1 where a signal ended it
 */
export function run(command, args, { env = {}, output = 'shown' } = {}) {
  const shown = output === 'shown';
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...QUIET, ...env },
      stdio: ['ignore', shown ? 'inherit' : 'pipe', shown ? 'inherit' : 'pipe'],
      // npm is a script of the shell on Windows.
      shell: process.platform === 'win32' && command === 'npm',
    });
    /** @type {Buffer[]} */
    const said = [];
    child.stdout?.on('data', (chunk) => said.push(chunk));
    child.stderr?.on('data', (chunk) => said.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code !== 0) process.stderr.write(Buffer.concat(said));
      resolve(code ?? 1);
    });
  });
}

/**
 * Ends the script with a sentence for the person who started it.
 * @param {string} sentence
 * @returns {never}
 */
export function giveUp(sentence) {
  console.error(sentence);
  process.exit(1);
}
