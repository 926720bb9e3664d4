import { spawn } from 'node:child_process';
import { cpSync, existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { whenParentEnds } from './steps/ancestors.mjs';
import { copyClerkScripts } from './steps/build.mjs';
import { installDependencies } from './steps/install.mjs';
import { giveUp, NODE, QUIET, ROOT, TOOLS } from './steps/run.mjs';
import { isPortFree } from './steps/serve.mjs';

// `npm run dev` serves the page and the Worker on one port and reloads both when their sources change. PORT and
// STATE_DIR come from the environment, as for `npm start`.

/** @type {import('node:child_process').ChildProcess | undefined} */
let vite;
whenParentEnds(() => {
  vite?.kill('SIGTERM');
  process.exit(1);
});

const { PORT = '3000', STATE_DIR = '.wrangler/state' } = process.env;
const stateDir = resolve(STATE_DIR);

if (!(await isPortFree(Number(PORT)))) {
  giveUp(
    `Port ${PORT} is in use. Stop the program that uses it, or choose another port: PORT=3001 npm run dev`,
  );
}

await installDependencies();

const served = join(ROOT, 'dist/dev');
rmSync(served, { recursive: true, force: true });
if (existsSync(join(ROOT, 'web/public')))
  cpSync(join(ROOT, 'web/public'), served, { recursive: true });
copyClerkScripts(served);

vite = spawn(NODE, [TOOLS.vite, '--port', PORT, '--strictPort', '--host', 'localhost'], {
  cwd: ROOT,
  env: { ...process.env, ...QUIET, STATE_DIR: stateDir },
  stdio: 'inherit',
});
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => vite?.kill('SIGTERM'));
}
vite.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
