import { Session } from 'node:inspector/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from '../../../protocol/markdown/parse.ts';

/** How many times a statement of protocol/markdown may run for each character: about three times the worst that was found. */
const STEPS_PER_CHARACTER = 150;
const LENGTH = 8_000;

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

const filled = (piece: string) => piece.repeat(Math.ceil(LENGTH / piece.length)).slice(0, LENGTH);

const WORST: [name: string, content: string][] = [
  ['a list in a list and an underline', `${'- '.repeat(2_000)}a\n=${'x'.repeat(3_900)}`],
  ['links that are never closed', filled('[a](')],
  ['links in angles that are never closed', filled('[a](<')],
  ['quotes over underlines', filled(`${'>'.repeat(1_000)}${'===\n'.repeat(1_500)}`)],
  ['quotes in quotes', filled('> ')],
  ['lines of quotes in quotes', filled(`${'> '.repeat(20)}a\n`)],
  ['quotes of nothing', filled('> \n')],
  ['italic that is never closed', filled('*a_ ')],
  ['italic without spaces', filled('*a_')],
  ['bold that is never closed', filled('**a ')],
  ['bold and italic', filled('***a*** ')],
  ['emphasis in emphasis', filled('*a '.repeat(1_300) + 'a* '.repeat(1_300))],
  ['nothing but stars', filled('*')],
  ['brackets', filled('[')],
  ['brackets in pairs', filled('[a]')],
  ['parentheses', filled(`[a](${'('.repeat(7_990)}`)],
  [
    'backticks of growing length',
    filled(Array.from({ length: 130 }, (_, it) => '`'.repeat(it)).join(' ')),
  ],
  ['escapes', filled('\\*')],
  ['addresses in addresses', filled('https://')],
  ['addresses that are none', filled('https://%')],
  ['an address with a tail of points', filled(`https://a${'.'.repeat(LENGTH)}`)],
  ['an address with a tail of brackets', filled(`https://a${')'.repeat(LENGTH)}`)],
  ['at signs', filled('a@')],
  ['mails', filled('a@b.')],
  ['lines', filled('a\n')],
  ['empty lines', filled('\n')],
  ['spaces', filled(' ')],
  ['fences', filled('```\n')],
  ['fences with nothing in them', filled('```\n\n~~~\n\n')],
  ['items', filled('- a\n  ')],
  ['items in items', filled('- ')],
  [
    'items further and further in',
    filled(Array.from({ length: 130 }, (_, it) => `${' '.repeat(it)}- a`).join('\n')),
  ],
  ['an item with many lines', filled(`- a\n${'  b\n'.repeat(2_000)}`)],
  ['pipes', filled('|')],
  ['tables', filled('|a|\n|-|\n')],
  ['a wide table', filled(`${'|'.repeat(2_600)}\n${'|-'.repeat(2_600)}`)],
  ['mentions', filled('<@a>')],
  ['HTML', filled('<a ')],
  ['every mark', filled('**_~~`[<@')],
];

test.each(WORST)('%s', async (_, content) => {
  expect(await stepsFor(content)).toBeLessThan(STEPS_PER_CHARACTER * LENGTH);
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
      fc.integer({ min: 1, max: LENGTH }),
      async (first, second, turn) => {
        const content = filled(first.join('')).slice(0, turn) + filled(second.join('')).slice(turn);
        expect(await stepsFor(content)).toBeLessThan(STEPS_PER_CHARACTER * LENGTH);
      },
    ),
    { numRuns: 500 },
  );
}, 60_000);
