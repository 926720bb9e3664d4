import { buildPage } from './steps/build.mjs';
import { bundleWorker } from './steps/bundle.mjs';
import { installDependencies } from './steps/install.mjs';
import { NODE, run } from './steps/run.mjs';

// `npm run bench`: how much one group holds. `npm run bench -- overload`: what it does with far more than that.
// `npm run bench -- scroll`: how a browser scrolls through a hundred thousand messages. `npm run bench -- answers`: whether
// every request and socket gets its answer. All take `--quick`. Nothing else should run on the machine meanwhile.

const SCRIPTS = new Map([
  ['answers', 'tests/bench/answers.ts'],
  ['overload', 'tests/bench/room-overload.ts'],
  ['scroll', 'tests/bench/scroll.ts'],
]);

const [first = '', ...others] = process.argv.slice(2);
const named = SCRIPTS.get(first);

await installDependencies();
await bundleWorker('wrangler.local.toml');
if (first === 'scroll') await buildPage();
process.exitCode = await run(NODE, [
  named ?? 'tests/bench/room-throughput.ts',
  ...(named ? others : process.argv.slice(2)),
]);
