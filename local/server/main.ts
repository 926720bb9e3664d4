import { parseArgs } from 'node:util';
import { migrateState } from './migrate.ts';
import { startWorker } from './start-worker.ts';
import { fromEnvironment, readWorker } from './worker-options.ts';

// `node local/server/main.ts PORT STATE_DIR` runs Edgewise on this machine. `scripts/steps/serve.mjs` starts and ends
// it, and receives `ready` from it. It exits when its parent process does.

for (const event of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect']) {
  // Miniflare stops workerd when this process exits.
  process.once(event, () => process.exit(0));
}

const {
  positionals: [port, stateDir],
} = parseArgs({ allowPositionals: true });
if (port === undefined || stateDir === undefined) throw new Error('PORT and STATE_DIR are missing');

const worker = readWorker('wrangler.local.toml');
await migrateState(worker, stateDir);
await startWorker(worker, {
  port: Number(port),
  stateDir,
  vars: fromEnvironment(worker),
  log({ level, message }) {
    const stream = level === 'error' || level === 'warn' ? process.stderr : process.stdout;
    stream.write(`${message}\n`);
  },
});
process.send?.('ready');
