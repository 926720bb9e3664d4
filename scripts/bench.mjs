import { installDependencies } from './steps/install.mjs';
import { NODE, run } from './steps/run.mjs';

// `npm run bench`: how much one group holds. `npm run bench -- overload`: what it does with far more than that. Both take
// `--quick`. Nothing else should run on the machine meanwhile.

const [first, ...others] = process.argv.slice(2);
const isOverload = first === 'overload';
const script = isOverload ? 'tests/bench/room-overload.ts' : 'tests/bench/room-throughput.ts';

await installDependencies();
process.exitCode = await run(NODE, [script, ...(isOverload ? others : process.argv.slice(2))]);
