import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { NODE, QUIET, ROOT } from './run.mjs';

/** wrangler's code, which reads the configuration, takes half of a start to compile. */
const COMPILE_CACHE = join(ROOT, 'dist/compile-cache');
/** From start to ready; a machine that takes longer has another trouble. */
const START_WITHIN_MS = 60_000;
const ASK_EVERY_MS = 50;
/** One that was just stopped needs a moment to let go of its port. */
const PORT_FREE_WITHIN_MS = 3_000;

/**
 * A running Edgewise in processes of their own.
 * @typedef {object} Server
 * @property {string} url
 * @property {number} pid of the process that leads workerd, and of their group
 * @property {Promise<number>} exited its exit code
 * @property {() => Promise<void>} stop ends it in order, and waits until it has ended
 */

/**
 * Serves the built page and the bundled Worker from one port, and waits until they answer.
 * @param {{ port: number, stateDir: string, vars?: Record<string, string>, output?: 'shown' | 'dropped' }} options `vars`
 *   replace those of the `[vars]` of `wrangler.local.toml`
 * @returns {Promise<Server>} throws where it does not start
 */
export async function serve({ port, stateDir, vars = {}, output = 'shown' }) {
  const shown = output === 'shown' ? 'inherit' : 'ignore';
  const child = spawn(
    NODE,
    ['--no-warnings', join(ROOT, 'local/server/main.ts'), String(port), stateDir],
    {
      cwd: ROOT,
      env: { ...process.env, ...QUIET, NODE_COMPILE_CACHE: COMPILE_CACHE, ...vars },
      stdio: ['ignore', shown, shown, 'ipc'],
      // A group of its own, so that it can be killed whole.
      detached: true,
    },
  );
  const exited = once(child, 'exit').then(([code]) => {
    // Killed on its own, it leaves workerd behind, which would keep the port.
    killGroup(child.pid);
    return Number(code ?? 1);
  });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await exited;
  };

  const late = new AbortController();
  const outcome = await Promise.race([
    once(child, 'message'),
    exited,
    pause(START_WITHIN_MS, 'late', { signal: late.signal }),
  ]);
  late.abort();
  if (outcome === 'late') {
    await stop();
    throw new Error(`Edgewise did not start within ${START_WITHIN_MS / 1000} s.`);
  }
  if (typeof outcome === 'number') {
    throw new Error(`Edgewise ended while it started (exit code ${outcome}).`);
  }
  return { url: `http://localhost:${port}`, pid: child.pid ?? 0, exited, stop };
}

/** @param {number | undefined} pid of the process that leads it */
function killGroup(pid) {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing is left of it.
  }
}

/**
 * Whether nobody else listens on this port, under either of the addresses that `localhost` has; waits a moment for it.
 * @param {number} port
 * @returns {Promise<boolean>}
 */
export async function isPortFree(port) {
  const end = Date.now() + PORT_FREE_WITHIN_MS;
  while (!((await canListen(port, '127.0.0.1')) && (await canListen(port, '::1')))) {
    if (Date.now() > end) return false;
    await pause(ASK_EVERY_MS);
  }
  return true;
}

/**
 * @param {number} port
 * @param {string} host
 * @returns {Promise<boolean>} true too where the machine has no such address
 */
function canListen(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (/** @type {NodeJS.ErrnoException} */ { code }) =>
      resolve(code !== 'EADDRINUSE'),
    );
    server.listen({ port, host }, () => server.close(() => resolve(true)));
  });
}
