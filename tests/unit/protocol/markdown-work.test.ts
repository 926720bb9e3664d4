import { Session } from 'node:inspector/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MESSAGE_CHARACTERS } from '../../../protocol/limits.ts';
import { parse } from '../../../protocol/markdown/parse.ts';
import { filled, WORST_MARKDOWN } from '../../support/worst-markdown.ts';

/**
 * How many times a statement of protocol/markdown may run for each character. The worst that was found (links that are never
 * closed, before escapes) needs 149, and 138 at an eighth of the length: it grows with the text and not with its square.
 */
const STEPS_PER_CHARACTER = 300;

const inspector = new Session();

beforeAll(async () => {
  inspector.connect();
  await inspector.post('Profiler.enable');
  await inspector.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
});

afterAll(() => inspector.disconnect());

/** How many times the blocks of protocol/markdown run to parse a text, counted by V8: the same on every machine. */
async function stepsFor(content: string): Promise<number> {
  await inspector.post('Profiler.takePreciseCoverage');
  parse(content);
  const { result } = await inspector.post('Profiler.takePreciseCoverage');
  const ranges = result
    .filter(({ url }) => url.includes('/protocol/markdown/'))
    .flatMap(({ functions }) => functions.flatMap((it) => it.ranges));
  return ranges.reduce((sum, { count }) => sum + count, 0);
}

test.each(WORST_MARKDOWN)('%s', async (_, content) => {
  expect(await stepsFor(content)).toBeLessThan(STEPS_PER_CHARACTER * MESSAGE_CHARACTERS);
});

/** Whatever is said again and again, at the start of lines and inside of them. */
const PIECES = [
  ...[
    '*',
    '**',
    '***',
    '_',
    '~~',
    '`',
    '``',
    '```\n',
    '~~~\n',
    '> ',
    '>',
    '- ',
    '1. ',
    '# ',
    '[',
    ']',
    '](',
    '![',
    '(',
  ],
  ...[
    ')',
    '<',
    '<@',
    'https://',
    'www.',
    'a@',
    '.b',
    '|',
    '|-',
    '\\',
    '\n',
    '\n\n',
    ' ',
    '  ',
    'a',
    '是',
    ':',
    '=',
    '"',
  ],
];

test('anything that is repeated', async () => {
  const piece = fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(
      piece,
      piece,
      fc.integer({ min: 1, max: MESSAGE_CHARACTERS }),
      async (first, second, turn) => {
        const content = filled(first.join('')).slice(0, turn) + filled(second.join('')).slice(turn);
        expect(await stepsFor(content)).toBeLessThan(STEPS_PER_CHARACTER * MESSAGE_CHARACTERS);
      },
    ),
    { numRuns: 500 },
  );
}, 60_000);
