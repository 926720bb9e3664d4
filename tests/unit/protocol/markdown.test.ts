import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assertNever } from '../../../protocol/assert-never.ts';
import { parse, texts } from '../../../protocol/markdown/parse.ts';
import type { Block, Inline } from '../../../protocol/markdown/tokens.ts';
import { mentionedIn } from '../../../protocol/mentions.ts';

const doc = readFileSync(new URL('../../../docs/markdown.md', import.meta.url), 'utf8');

describe.each(
  doc
    .split(/^## /m)
    .slice(1)
    .map((section) => [section.split('\n', 1)[0] ?? '', examplesOf(section)] as const),
)('docs/markdown.md, %s', (_, examples) => {
  test.each(examples)('%s', (typed, expected) => {
    expect(written(parse(typed.replaceAll('⏎', '\n'))).replaceAll('\n', '⏎')).toBe(expected);
  });
});

/** The rows of a section's table: what its two cells hold in code. */
function examplesOf(section: string): [typed: string, shown: string][] {
  const rows = parse(section).flatMap((block) => (block.type === 'table' ? block.rows : []));
  return rows.map(([typed = [], shown = []]) => [codeIn(typed), codeIn(shown)]);
}

function codeIn([part]: readonly Inline[]): string {
  if (part?.type !== 'code') throw new Error(`A cell holds ${JSON.stringify(part)}, not code.`);
  return part.text;
}

/** Blocks in the notation of the document. A lone paragraph needs no `<p>`. */
function written(blocks: readonly Block[]): string {
  const [first] = blocks;
  if (blocks.length === 1 && first?.type === 'paragraph') return inline(first.children);
  return blocks.map(block).join('');
}

function block(part: Block): string {
  switch (part.type) {
    case 'paragraph':
      return `<p>${inline(part.children)}</p>`;
    case 'heading':
      return `<h>${inline(part.children)}</h>`;
    case 'quote':
      return `<quote>${written(part.children)}</quote>`;
    case 'code':
      return `<pre${part.language ? ` ${part.language}` : ''}>${part.text}</pre>`;
    case 'space':
      return `<space ${part.lines}>`;
    case 'list':
      return part.items
        .map(({ marker, isDone, children }) => {
          const task = isDone === undefined ? '' : isDone ? ' ☑' : ' ☐';
          return `<item ${marker}${task}>${written(children)}</item>`;
        })
        .join('');
    case 'table': {
      const rows = [part.header, ...part.rows].map((cells) => cells.map(inline).join(' ¦ '));
      return `<table>${rows.join(' ⏎ ')}</table>`;
    }
    default:
      return assertNever(part);
  }
}

const NAMES = { strong: 'b', emphasis: 'i', strike: 's' } as const;

function inline(parts: readonly Inline[]): string {
  return parts
    .map((part) => {
      switch (part.type) {
        case 'text':
          return part.text;
        case 'mention':
          return `<at ${part.userId}>`;
        case 'code':
          return `<code>${part.text}</code>`;
        case 'link':
          return `<a ${part.href}${part.title ? ` "${part.title}"` : ''}>${inline(part.children)}</a>`;
        case 'strong':
        case 'emphasis':
        case 'strike':
          return `<${NAMES[part.type]}>${inline(part.children)}</${NAMES[part.type]}>`;
        default:
          return assertNever(part);
      }
    })
    .join('');
}

/** Every construct of the dialect, and what stands around it. */
const PIECES = [
  ...[
    '*',
    '**',
    '***',
    '_',
    '~~',
    '~',
    '`',
    '``',
    '```\n',
    '~~~\n',
    '> ',
    '>',
    '- ',
    '* ',
    '• ',
    '1. ',
    '# ',
  ],
  ...[
    '[',
    ']',
    '](',
    '](https://e.x)',
    '![',
    '(',
    ')',
    '<',
    '>',
    '<@u>',
    '<@all>',
    'https://',
    'https://e.x/a',
    'www.',
    'a@b.co',
  ],
  ...[
    '|',
    '|-|-|\n',
    '\\',
    '\\*',
    '\\|',
    '\n',
    '\n\n',
    ' ',
    '  ',
    'word',
    '是',
    '、',
    '"',
    '.',
    '\u200b',
    '😀',
  ],
] as const;

test('text and mentions stand in the message where they say', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }), (pieces) => {
      const content = pieces.join('');
      for (const part of texts(parse(content))) {
        const typed = part.type === 'text' ? part.text : `<@${part.userId}>`;
        expect(content.slice(part.at, part.at + typed.length)).toBe(typed);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('no letter is lost', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }), (pieces) => {
      const content = pieces.join('');
      const letters = (text: string) => text.match(/word|是|😀/gu)?.length ?? 0;
      expect(letters(written(parse(content)))).toBeGreaterThanOrEqual(letters(content));
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ['Hi <@ada> and <@here>', ['ada', 'here']],
  ['`<@ada>`', []],
  ['```\n<@ada>\n```', []],
  ['~~~\n<@ada>\n~~~', []],
  ['`over\ntwo <@ada>`', []],
  ['[see <@ada>](https://example.com/)', []],
  ['https://example.com/<@ada>', ['ada']],
  ['\\<@ada>', []],
  ['> - **<@ada>**', ['ada']],
  ['| a | <@ada> |\n|---|---|\n| <@bob> | `<@all>` |', ['ada', 'bob']],
])('%j mentions %j', (content, expected) => {
  expect([...mentionedIn(content)]).toEqual(expected);
});
