import { MESSAGE_CHARACTERS } from '../../protocol/limits.ts';
import { parse } from '../../protocol/markdown/parse.ts';
import { filled, WORST_MARKDOWN } from '../support/worst-markdown.ts';

// The CPU time that parsing the longest messages takes, beside prose of the same length. The page has 50 ms for a message.

const PROSE = filled(
  'Does it **weave** like a loom? See https://example.com/looms, or ask `@Ada`.\n',
);
const RUNS = 5;
const SHOWN = 8;

/** The median CPU time of a parse, ms, without the first, which compiles. */
function measure(content: string): number {
  parse(content);
  const times = Array.from({ length: RUNS }, () => {
    const before = process.cpuUsage();
    parse(content);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  });
  return times.sort((one, other) => one - other)[Math.floor(RUNS / 2)] ?? 0;
}

const prose = measure(PROSE);
console.info(`${MESSAGE_CHARACTERS} characters of prose: ${prose.toFixed(1)} ms`);
const measured = WORST_MARKDOWN.map(([name, content]) => ({ name, ms: measure(content) }));
for (const { name, ms } of measured.sort((one, other) => other.ms - one.ms).slice(0, SHOWN))
  console.info(`${ms.toFixed(1).padStart(6)} ms, ${(ms / prose).toFixed(1)} times: ${name}`);
