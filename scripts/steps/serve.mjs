import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { NODE, QUIET, ROOT, TOOLS } from './run.mjs';

/** From start to the first answer; a machine that takes longer has another trouble. */
const START_WITHIN_MS = 60_000;
const ASK_EVERY_MS = 50;
/** One that was just stopped needs a moment to let go of its port. */
const PORT_FREE_WITHIN_MS = 3_000;

/**
 * A running Edgewise in a process of its own.
 * @typedef {object} Server
 * @property {string} url
 * @property {number} pid of the process that leads workerd
 * @property {Promise<number>} exited its exit code
 * @property {() => Promise<void>} stop ends it in order, and waits until it has ended
 */

/**
 * Serves the built page and the Worker from one port, and waits until it answers.
 * @param {{ port: number, stateDir: string, vars?: Record<string, string>, apart?: boolean }} options `vars` replace those
 *   of `wrangler.local.toml`; `apart` gives it a process group of its own, so that it can be killed whole, and no output
 * @returns {Promise<Server>} throws where it does not start
 */
export async function serve({ port, stateDir, vars = {}, apart = false }) {
  // wrangler refuses to start without the folder of the page, which tests of the API do not need.
  mkdirSync(join(ROOT, 'dist/local'), { recursive: true });
  const child = spawn(
    NODE,
    [
      '--no-warnings',
      ...['--import', join(ROOT, 'scripts/steps/end-with-parent.mjs')],
      ...[TOOLS.wrangler, 'dev', '-c', 'wrangler.local.toml'],
      ...['--port', String(port), '--ip', '127.0.0.1', '--inspector-port', '0'],
      ...['--persist-to', stateDir],
      ...['--log-level', 'warn', '--show-interactive-dev-session=false'],
      ...Object.entries(vars).flatMap(([name, value]) => ['--var', `${name}:${value}`]),
    ],
    {
      cwd: ROOT,
      env: { ...process.env, ...QUIET },
      stdio: ['ignore', apart ? 'ignore' : 'inherit', apart ? 'ignore' : 'inherit', 'ipc'],
      detached: apart,
    },
  );
  const exited = once(child, 'exit').then(([code]) => Number(code ?? 1));
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await exited;
  };

  const url = `http://localhost:${port}`;
  const answers = answering(`http://127.0.0.1:${port}/api/health`, START_WITHIN_MS);
  const outcome = await Promise.race([answers, exited]);
  if (outcome !== true) {
    await stop();
    throw new Error(
      outcome === false
        ? `Edgewise did not answer within ${START_WITHIN_MS / 1000} s.`
        : `Edgewise ended while it started (exit code ${outcome}).`,
    );
  }
  return { url, pid: child.pid ?? 0, exited, stop };
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

/**
 * Asks until the answer is good.
 * @param {string} address
 * @param {number} withinMs
 * @returns {Promise<boolean>} false where there was none in time
 */
async function answering(address, withinMs) {
  const end = Date.now() + withinMs;
  while (Date.now() < end) {
    const response = await fetch(address).catch(() => undefined);
    if (response?.ok) return true;
    await pause(ASK_EVERY_MS);
  }
  return false;
}
