import { installChromium, installFirefox } from './steps/browsers.mjs';
import { buildPage } from './steps/build.mjs';
import { bundleWorker } from './steps/bundle.mjs';
import { installDependencies } from './steps/install.mjs';
import { NODE, run, TOOLS } from './steps/run.mjs';

// `npm test` installs and builds what the tests need, then runs all kinds but Firefox's. `npm test -- unit` runs one kind
// (unit, web, worker, e2e, firefox). Arguments after the kind go to its runner: `npm test -- worker resume`, `npm test -- e2e
// --headed`.

const USUAL_KINDS = ['unit', 'web', 'worker', 'e2e'];
const KINDS = [...USUAL_KINDS, 'firefox'];
const [first = '', ...others] = process.argv.slice(2);
const kinds = KINDS.includes(first) ? [first] : USUAL_KINDS;
const passedOn = KINDS.includes(first) ? others : process.argv.slice(2);

await installDependencies();
await buildPage();
await bundleWorker('wrangler.local.toml');
await bundleWorker('wrangler.toml');

if (kinds.includes('firefox')) await installFirefox();
const vitest = kinds.filter((kind) => kind !== 'e2e').flatMap((kind) => ['--project', kind]);
if (vitest.length > 0) {
  process.exitCode = await run(NODE, [TOOLS.vitest, 'run', ...vitest, ...passedOn]);
}
if (kinds.includes('e2e') && !process.exitCode) {
  await installChromium();
  process.exitCode = await run(NODE, [TOOLS.playwright, 'test', ...passedOn]);
}
