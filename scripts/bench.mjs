import { buildPage } from './steps/build.mjs';
import { installBun } from './steps/bun.mjs';
import { bundleWorker } from './steps/bundle.mjs';
import { installDependencies } from './steps/install.mjs';
import { NODE, run } from './steps/run.mjs';

// `npm run bench` measures how much load one group sustains, beside other servers. `npm run bench -- overload` applies far
// more than that, `-- scroll` measures a browser that scrolls through 100,000 messages, `-- answers` checks that every request
// and socket gets its answer, `-- inbox` measures the way to a badge, `-- use` lets three people use the page for an hour,
// `-- cost` counts the rows that each kind of change writes, `-- markdown` parses the worst messages,
// `-- loading` loads a million messages back from D1, and reads them, `-- size` has a thousand clients and two hundred groups,
// `-- large` has a group of ten thousand members, and `-- files` measures files of hundreds of megabytes. The last four take
// `--quick`, for less of it, as the first four do. Run nothing else on the machine at the same time.

const SCRIPTS = new Map([
  ['answers', 'tests/bench/answers.ts'],
  ['cost', 'tests/bench/cost.ts'],
  ['files', 'tests/bench/files.ts'],
  ['inbox', 'tests/bench/inbox.ts'],
  ['large', 'tests/bench/large.ts'],
  ['loading', 'tests/bench/loading.ts'],
  ['markdown', 'tests/bench/markdown.ts'],
  ['overload', 'tests/bench/room-overload.ts'],
  ['size', 'tests/bench/size.ts'],
  ['scroll', 'tests/bench/scroll.ts'],
  ['use', 'tests/bench/use.ts'],
]);

const [first = '', ...others] = process.argv.slice(2);
const named = SCRIPTS.get(first);

await installDependencies();
// Bundling needs the page's folder, also where nobody opens the page.
await buildPage();
await bundleWorker('wrangler.local.toml');
if (!named) await installBun();
process.exitCode = await run(NODE, [
  named ?? 'tests/bench/room-throughput.ts',
  ...(named ? others : process.argv.slice(2)),
]);
