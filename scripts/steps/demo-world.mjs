import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NODE, ROOT } from './run.mjs';

/** Stands in the folder of the storage until the demo world is complete. */
const UNFINISHED = 'demo-world.unfinished';

/**
 * Notes that an empty folder is to have the demo world, before anything else is stored there: a world that is not completed
 * in this run is completed in the next one, and a folder that holds something else never gets one.
 * @param {string} stateDir
 */
export function planDemoWorld(stateDir) {
  mkdirSync(stateDir, { recursive: true });
  if (readdirSync(stateDir).length === 0) writeFileSync(join(stateDir, UNFINISHED), '');
}

/**
 * Makes what is missing of a planned demo world over the API of a running Edgewise. Ends with it. A failure is printed, and
 * Edgewise goes on.
 * @param {import('./serve.mjs').Server} server
 * @param {string} stateDir
 */
export async function makeDemoWorld(server, stateDir) {
  const unfinished = join(stateDir, UNFINISHED);
  if (!existsSync(unfinished)) return;
  console.info('Making a few demo groups…');
  const child = spawn(
    NODE,
    ['--no-warnings', join(ROOT, 'scripts/demo/make-world.ts'), server.url, unfinished],
    { cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] },
  );
  let errors = '';
  child.stderr?.on('data', (chunk) => {
    errors += String(chunk);
  });
  const isStopped = server.exited.then(() => child.kill('SIGKILL'));
  const [code] = await Promise.race([once(child, 'close'), isStopped.then(() => [null])]);
  if (code === 0) console.info('The demo groups are ready: continue as Ada.');
  else if (code !== null) {
    console.error(`The demo groups could not be completed. The next start tries again.\n${errors}`);
  }
}
