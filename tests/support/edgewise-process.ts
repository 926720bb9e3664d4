import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { eventually } from './eventually.ts';

const ROOT = join(import.meta.dirname, '../..');
const WRANGLER = join(ROOT, 'node_modules/wrangler/bin/wrangler.js');
const CONFIG = ['-c', join(ROOT, 'wrangler.local.toml')];
const START_MS = 60_000;

/** An Edgewise in processes of its own, on storage that outlives them: for what only a killed process can show. */
export interface EdgewiseProcess {
  url: string;
  /** Ends all its processes at once, without a chance to finish anything. */
  kill(): Promise<void>;
  /** Starts it again at the same address, on the same storage. */
  start(): Promise<void>;
}

/** Starts an Edgewise that keeps its data in `stateDir`, with these Worker vars. */
export async function startEdgewiseProcess(
  stateDir: string,
  vars: Record<string, string>,
): Promise<EdgewiseProcess> {
  mkdirSync(join(ROOT, 'dist/local'), { recursive: true });
  const env = { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: 'true' };
  const at = ['--persist-to', stateDir];
  execFileSync(
    process.execPath,
    [WRANGLER, 'd1', 'migrations', 'apply', 'edgewise', '--local', ...CONFIG, ...at],
    { env, stdio: 'pipe' },
  );
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const varFlags = Object.entries(vars).flatMap(([name, value]) => ['--var', `${name}:${value}`]);
  let child: ChildProcess | undefined;

  const start = async () => {
    child = spawn(
      process.execPath,
      [WRANGLER, 'dev', ...CONFIG, ...at, '--port', String(port), ...varFlags],
      { env, stdio: 'ignore', detached: true },
    );
    await eventually(async () => {
      const health = await fetch(`${url}/api/health`);
      if (!health.ok) throw new Error(`not healthy: ${await health.text()}`);
    }, START_MS);
  };
  const kill = async () => {
    if (child?.pid === undefined || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child?.once('exit', resolve));
    // The whole group: workerd runs in a process of its own.
    process.kill(-child.pid, 'SIGKILL');
    await ended;
    child = undefined;
  };

  await start();
  return { url, start, kill };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
