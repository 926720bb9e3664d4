import { installDependencies } from './steps/install.mjs';
import { NODE, run } from './steps/run.mjs';

// `npm run bench [-- --quick]`: the measurements of tests/bench. Nothing else should run on the machine meanwhile.

await installDependencies();
process.exitCode = await run(NODE, ['tests/bench/room-throughput.ts', ...process.argv.slice(2)]);
