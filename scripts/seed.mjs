import { installDependencies } from './steps/install.mjs';
import { NODE, run } from './steps/run.mjs';

// `npm run seed` fills a group of a running local Edgewise with conversation. `npm run seed -- --help` lists the
// options.

await installDependencies();
process.exitCode = await run(NODE, ['scripts/seed/seed.ts', ...process.argv.slice(2)]);
