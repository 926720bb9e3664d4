import { MESSAGE_CHARACTERS } from '../../protocol/limits.ts';

/** A piece again and again, as long as a message may be. */
export const filled = (piece: string) =>
  piece.repeat(Math.ceil(MESSAGE_CHARACTERS / piece.length)).slice(0, MESSAGE_CHARACTERS);

/** Messages that make parsers of Markdown slow. */
export const WORST_MARKDOWN: readonly [name: string, content: string][] = [
  ['a list in a list and an underline', `${'- '.repeat(2_000)}a\n=${'x'.repeat(3_900)}`],
  ['links that are never closed', filled('[a](')],
  [
    'links that are never closed, before escapes',
    filled('[](').slice(0, 3_686) + filled('> \\*').slice(3_686),
  ],
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
  ['an address with a tail of points', filled(`https://a${'.'.repeat(MESSAGE_CHARACTERS)}`)],
  ['an address with a tail of brackets', filled(`https://a${')'.repeat(MESSAGE_CHARACTERS)}`)],
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
