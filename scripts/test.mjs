import { buildPage } from './steps/build.mjs';
import { bundleWorker } from './steps/bundle.mjs';
import { installChromium } from './steps/chromium.mjs';
import { installDependencies } from './steps/install.mjs';
import { NODE, run, TOOLS } from './steps/run.mjs';

// `npm test` installs and builds what the tests need, then runs all of them. `npm test -- unit` runs one kind (unit,
// web, worker, e2e). Arguments after the kind go to its runner: `npm test -- worker resume`, `npm test -- e2e
// --headed`.

const KINDS = ['unit', 'web', 'worker', 'e2e'];
const [first = '', ...others] = process.argv.slice(2);
const kinds = KINDS.includes(first) ? [first] : KINDS;
const passedOn = KINDS.includes(first) ? others : process.argv.slice(2);

await installDependencies();
await buildPage();
await bundleWorker('wrangler.local.toml');
await bundleWorker('wrangler.toml');

const vitest = kinds.filter((kind) => kind !== 'e2e').flatMap((kind) => ['--project', kind]);
if (vitest.length > 0) {
  process.exitCode = await run(NODE, [TOOLS.vitest, 'run', ...vitest, ...passedOn]);
}
if (kinds.includes('e2e') && !process.exitCode) {
  await installChromium();
  process.exitCode = await run(NODE, [TOOLS.playwright, 'test', ...passedOn]);
}
