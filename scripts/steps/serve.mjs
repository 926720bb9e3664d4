import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { NODE, QUIET, ROOT } from './run.mjs';

/** Half of a start would go into compiling wrangler, which reads the configuration. */
const COMPILE_CACHE = join(ROOT, 'dist/compile-cache');
/** The limit from start to ready. */
const START_WITHIN_MS = 60_000;
const ASK_EVERY_MS = 50;
/** A server that was just stopped needs a moment to release its port. */
const PORT_FREE_WITHIN_MS = 3_000;

/**
 * A running Edgewise in its own process group.
 * @typedef {object} Server
 * @property {string} url
 * @property {number} pid of the process that runs workerd, and of their process group
 * @property {Promise<number>} exited resolves with the exit code
 * @property {() => Promise<void>} stop shuts it down and waits until it has exited
 */

/**
 * Serves the built page and the bundled Worker on one port, and waits until they are ready.
 * @param {{ port: number, stateDir: string, vars?: Record<string, string>, output?: 'shown' | 'dropped' }} options `vars`
 *   override the `[vars]` of `wrangler.local.toml`
 * @returns {Promise<Server>} rejects if the server does not start
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
      // Its own process group, so that workerd can be killed with it.
      detached: true,
    },
  );
  const exited = once(child, 'exit').then(([code]) => {
    // If only this process is killed, workerd goes on and keeps the port.
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
    throw new Error(`Edgewise exited during startup (exit code ${outcome}).`);
  }
  return { url: `http://localhost:${port}`, pid: child.pid ?? 0, exited, stop };
}

/** @param {number | undefined} pid of the group's first process */
function killGroup(pid) {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // The group has already exited.
  }
}

/**
 * Whether this port is free on both addresses of `localhost`. Waits a moment for a server that is stopping.
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
 * @returns {Promise<boolean>} also true if the machine does not have the address
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
