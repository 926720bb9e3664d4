import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildPage } from './steps/build.mjs';
import { bundleWorker } from './steps/bundle.mjs';
import { installDependencies } from './steps/install.mjs';
import { giveUp, NODE, run } from './steps/run.mjs';
import { isPortFree, serve } from './steps/serve.mjs';

// `npm run check:files` compares the bytes of files, their rows in D1 and the Rooms of the local Edgewise, and mends what
// disagrees. It asks the one that runs on PORT (default 3000); if none does, it runs the one of STATE_DIR (default
// .wrangler/state) meanwhile. Exits with 1 if something could not be mended.

const { PORT = '3000', STATE_DIR = '.wrangler/state' } = process.env;
const port = Number(PORT);
const stateDir = resolve(STATE_DIR);

/** @param {string} url */
const check = (url) => run(NODE, ['--no-warnings', 'scripts/check-files/check-files.ts', url]);

if (await isPortFree(port)) {
  // A start would find the folder in use, and leave it without the demo world.
  if (!existsSync(stateDir)) giveUp(`There is no storage in ${stateDir}: nothing to check.`);
  await installDependencies();
  await buildPage();
  await bundleWorker('wrangler.local.toml');
  const server = await serve({ port, stateDir }).catch((/** @type {Error} */ error) =>
    giveUp(error.message),
  );
  process.exitCode = await check(server.url).finally(server.stop);
} else {
  process.exitCode = await check(`http://localhost:${port}`);
}
