import { expect, test } from 'vitest';
import { parse } from '../../../protocol/markdown/parse.ts';
import type { Block } from '../../../protocol/markdown/tokens.ts';
import { quotation } from '../../../web/features/conversation/actions/quotation.ts';

const ADDRESS = 'https://chat.example/g/1/m/2';

/** How a message is shown that quotes `text` of `author` and answers it. */
function shown(text: string, author = 'Ada'): readonly Block[] {
  return parse(`${quotation(text, author, ADDRESS)}\n\nMy answer`);
}

/** The text of the link in the first line of the quotation. */
function linkOf([quote]: readonly Block[]): { href: string; text: string } | undefined {
  const [first] = quote?.type === 'quote' ? quote.children : [];
  const [link] = first?.type === 'paragraph' ? first.children : [];
  if (link?.type !== 'link') return undefined;
  const name = link.children.map((part) => (part.type === 'text' ? part.text : part.type));
  return { href: link.href, text: name.join('') };
}

test('a quotation names its author, links to the message and quotes every line', () => {
  expect(quotation('one\n\ntwo', 'Ada Lovelace', ADDRESS)).toBe(
    `> [Ada Lovelace wrote](${ADDRESS}):\n> one\n>\n> two`,
  );
});

test.each([
  'one line',
  'one\n\ntwo',
  '> inner\nouter',
  '> > deeper',
  '```ts\nconst a = 1;\n\n> no quote\n```',
  '```\nnever closed',
  '~~~\n```\n~~~',
  '- one\n  - two',
  '    indented',
  '# Heading',
  '| a | b |\n|---|---|\n| 1 | 2 |',
])('%j is quoted as it is shown, and the answer is outside', (text) => {
  const [quote, ...rest] = shown(text);
  expect(rest.at(-1)).toMatchObject({ type: 'paragraph', children: [{ text: 'My answer' }] });
  expect(rest).toHaveLength(1);
  const inside = quote?.type === 'quote' ? quote.children : [];
  expect(typesOf(inside)).toEqual(typesOf(parse(`Ada wrote:\n${text}`)));
});

function typesOf(blocks: readonly Block[]): unknown[] {
  return blocks.map((block) => {
    if (block.type === 'quote') return typesOf(block.children);
    return block.type === 'code' ? block.text : block.type;
  });
}

test.each([
  'Ada',
  'snake_case_name',
  '*Ada*',
  '_Ada_',
  '`Ada`',
  '@Grace',
  'https://evil.example/',
  'Ada \\ Grace',
  'שרה',
  '\u202eadA',
])('the author %j is named in the link', (author) => {
  expect(linkOf(shown('text', author))).toEqual({ href: ADDRESS, text: `${author} wrote` });
});

test.each([
  ['[Ada](https://evil.example/)', 'Ada https evil example wrote'],
  ['Ada] (or [Grace', 'Ada or Grace wrote'],
  ['<@user_grace>', 'user grace wrote'],
])('the author %j still links to the message, and nowhere else', (author, text) => {
  expect(linkOf(shown('text', author))).toEqual({ href: ADDRESS, text });
});
