import { installChromium } from './steps/browsers.mjs';
import { buildPage } from './steps/build.mjs';
import { bundleWorker } from './steps/bundle.mjs';
import { installDependencies } from './steps/install.mjs';
import { NODE, run } from './steps/run.mjs';

// `npm run lighthouse` prints Lighthouse's scores of the welcome page, of signing in and of a group, on a throttled
// phone. Run nothing else on the machine at the same time.

await installDependencies();
await installChromium();
await buildPage();
await bundleWorker('wrangler.local.toml');
process.exitCode = await run(NODE, ['tests/bench/lighthouse.ts']);
