import { resolve } from 'node:path';
import { whenParentEnds } from './steps/ancestors.mjs';
import { buildPage } from './steps/build.mjs';
import { bundleWorker } from './steps/bundle.mjs';
import { makeDemoWorld, planDemoWorld } from './steps/demo-world.mjs';
import { installDependencies } from './steps/install.mjs';
import { giveUp } from './steps/run.mjs';
import { isPortFree, serve } from './steps/serve.mjs';

// `npm start` installs and builds what a fresh clone lacks, then runs Edgewise on one port of this machine. The
// environment sets PORT (default 3000), STATE_DIR, the folder of the storage (default .wrangler/state), DEMO=0, which leaves
// a new folder without the demo groups, and any of the [vars] in wrangler.local.toml.

whenParentEnds(() => process.exit(1));

const { PORT = '3000', STATE_DIR = '.wrangler/state', DEMO = '1' } = process.env;
const port = Number(PORT);
const stateDir = resolve(STATE_DIR);

if (!Number.isInteger(port) || port < 1 || port > 65_535) {
  giveUp(`PORT must be a number from 1 to 65535, not "${PORT}".`);
}
if (!(await isPortFree(port))) {
  giveUp(
    `Port ${port} is in use. Stop the program that uses it, or choose another port: PORT=3001 npm start`,
  );
}

await installDependencies();
await buildPage();
await bundleWorker('wrangler.local.toml');

const hasDemo = DEMO !== '0';
if (hasDemo) planDemoWorld(stateDir);
const server = await serve({ port, stateDir }).catch((/** @type {Error} */ error) =>
  giveUp(error.message),
);
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => server.stop());
}
console.info(`Edgewise is running at ${server.url}`);
if (hasDemo) void makeDemoWorld(server, stateDir);
process.exitCode = await server.exited;
