import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '../../scripts/steps/serve.mjs';

/** An Edgewise in its own processes, with its data on disk: it can be killed, and started again with the same data. */
export interface EdgewiseProcess {
  /** Does not change when it is killed and started again. */
  url: string;
  /** The folder with its data. */
  stateDir: string;
  /** The process that leads the others, and their group. */
  pid(): number;
  /** Ends all of its processes at once, as a power cut does (SIGKILL). */
  kill(): Promise<void>;
  /** Starts it again after `kill`, with the same port and data. */
  start(): Promise<void>;
  /** Ends it and deletes its data. */
  dispose(): Promise<void>;
}

/** Starts an Edgewise as `npm start` does, on a free port. `vars` replace those of `wrangler.local.toml`. */
export async function startEdgewiseProcess(
  options: { vars?: Record<string, string> } = {},
): Promise<EdgewiseProcess> {
  const stateDir = mkdtempSync(join(tmpdir(), 'edgewise-'));
  const port = await freePort();
  const start = () => serve({ port, stateDir, output: 'dropped', ...options });
  let server = await start();
  return {
    url: server.url,
    stateDir,
    pid: () => server.pid,
    async kill() {
      process.kill(-server.pid, 'SIGKILL');
      await server.exited;
    },
    async start() {
      server = await start();
    },
    async dispose() {
      await server.stop();
      rmSync(stateDir, { recursive: true, force: true });
    },
  };
}

/** A free port of this machine. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (typeof address === 'object' && address !== null) resolve(address.port);
        else reject(new Error('no free port'));
      });
    });
  });
}
