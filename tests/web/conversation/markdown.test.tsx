import { render, screen } from '@testing-library/react';
import fc from 'fast-check';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { safeHref } from '../../../protocol/markdown/address.ts';
import { parse } from '../../../protocol/markdown/parse.ts';
import { blocks } from '../../../web/features/conversation/markdown/blocks.tsx';
import {
  isEmojiOnly,
  isLong,
  Markdown,
} from '../../../web/features/conversation/markdown/markdown.tsx';

/** Renders a message outside of the document, so that thousands render fast. */
function shown(content: string): HTMLElement {
  const root = document.createElement('div');
  root.innerHTML = renderToStaticMarkup(blocks(parse(content)));
  return root;
}

describe('a link', () => {
  test.each(['https://example.com/', 'http://example.com/', 'mailto:ada@example.com'])(
    'may lead to %s',
    (href) => expect(safeHref(href)).toBe(href),
  );

  test.each([
    'javascript:alert(1)',
    ' JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://example.com/x',
    '/g/somewhere',
    '//example.com',
  ])('never leads to %j', (href) => {
    expect(safeHref(href)).toBeUndefined();
    const links = shown(`[words](<${href}>) ![words](<${href}>)`).querySelectorAll('a');
    // The address inside of `blob:https://…` may be followed; the whole of it may not.
    for (const link of links) expect(link.href).toBe('https://example.com/x');
    expect(links.length > 0).toBe(href.includes('https://'));
  });

  test('opens in a new tab without a referrer', () => {
    const link = shown('see https://example.com/path').querySelector('a');
    expect(link?.target).toBe('_blank');
    expect(link?.rel).toBe('noopener noreferrer');
  });
});

test('no text creates an element that Markdown does not have', () => {
  const allowed = new Set(
    'DIV P STRONG EM DEL CODE BR A BDI BLOCKQUOTE UL LI FIGURE FIGCAPTION SPAN BUTTON SVG PATH RECT SECTION PRE TABLE THEAD TBODY TR TH TD'.split(
      ' ',
    ),
  );
  const piece = fc.constantFrom(
    ...[
      '<script>',
      '</script>',
      '<img src=x onerror=alert(1)>',
      '<a href="javascript:x">',
      '[a](',
      ')',
    ],
    ...[
      'javascript:x',
      'https://e.x',
      '**',
      '_',
      '`',
      '```\n',
      '\n',
      '\n\n',
      '> ',
      '- ',
      '1. ',
      '|',
      '|-|\n',
    ],
    ...[
      '<!--',
      '-->',
      '<svg onload=x>',
      '&lt;',
      '\\',
      '![',
      '<b',
      '>',
      ' ',
      'word',
      '# ',
      '~~',
      '<style>',
    ],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const container = shown(pieces.join(''));
      for (const element of container.querySelectorAll('*')) {
        expect(allowed).toContain(element.tagName.toUpperCase());
        for (const { name } of element.attributes) expect(name).not.toMatch(/^on/);
      }
      for (const link of container.querySelectorAll('a')) {
        expect(link.getAttribute('href')).toMatch(/^(https?|mailto):/);
      }
    }),
  );
});

test.each([
  ['quotes', '>'.repeat(8_000)],
  ['lists', `${'- '.repeat(3_900)}a`],
  ['numbers', '1. '.repeat(2_600)],
  ['levels', Array.from({ length: 80 }, (_, level) => `${' '.repeat(level * 2)}- a`).join('\n')],
])('a message of nothing but %s is still shown', (_, content) => {
  expect(shown(content).textContent?.length).toBeGreaterThan(0);
});

test('HTML is shown as typed', () => {
  expect(shown('a <b>c</b> <script>x</script>').textContent).toBe('a <b>c</b> <script>x</script>');
  expect(shown('<div>\nline\n</div>').textContent).toBe('<div>\nline\n</div>');
});

test('line breaks are kept, and so is every space in code', () => {
  expect(shown('one\ntwo').querySelector('p.whitespace-pre-wrap')?.textContent).toBe('one\ntwo');
  expect(shown('```js\n  if (x) {\n    y\n```').querySelector('pre')?.textContent).toBe(
    '  if (x) {\n    y',
  );
});

test('a few emoji alone are larger, and emoji with text or in great number are not', () => {
  expect(isEmojiOnly('🎉')).toBe(true);
  expect(isEmojiOnly('👩‍🔬 🇫🇷 👍🏽')).toBe(true);
  // With a superfluous variation selector, as older messages have it.
  expect(isEmojiOnly('\u{1f44d}\ufe0f \u2705\ufe0f')).toBe(true);
  expect(isEmojiOnly('🎉 yes')).toBe(false);
  expect(isEmojiOnly('12')).toBe(false);
  expect(isEmojiOnly('')).toBe(false);
  expect(isEmojiOnly('1\ufe0f')).toBe(false);
  expect(isEmojiOnly('🎉'.repeat(13))).toBe(false);
});

test('a long ambiguous sequence of emoji does not block the page', () => {
  // Each thumb matches as one emoji or two, so a backtracking pattern would take exponential time.
  expect(isEmojiOnly(`${'👍🏽'.repeat(40)}!`)).toBe(false);
  expect(isEmojiOnly('👍🏽'.repeat(12))).toBe(true);
});

test('more than 20 lines fold, whether broken or wrapped', () => {
  expect(isLong('line\n'.repeat(19))).toBe(false);
  expect(isLong('line\n'.repeat(21))).toBe(true);
  expect(isLong('x'.repeat(2_500))).toBe(true);
});

describe('a message', () => {
  test('is shown as Markdown', () => {
    render(<Markdown content="some **bold** words" />);
    expect(screen.getByText('bold').tagName).toBe('STRONG');
  });

  test('that is long can be unfolded and folded again', () => {
    const { getByRole } = render(<Markdown content={'line\n'.repeat(40)} />);
    const button = getByRole('button', { name: 'Show more' });
    button.click();
    expect(button.getAttribute('aria-expanded')).toBe('false');
  });
});

test.each([
  ['one\n\ntwo', 'two (end)'],
  ['# title', 'title (end)'],
  ['- one\n- two', '• two (end)'],
  ['- one\n  - two', '• two (end)'],
  ['🎉', '🎉 (end)'],
  // Behind these it has a line of its own.
  ['> one', '(end)'],
  ['```\none\n```', '(end)'],
  ['| a |\n|---|\n| b |', '(end)'],
])('what stands at the end of %j follows its last word', (content, line) => {
  const { getByText } = render(<Markdown content={content} end={<b>(end)</b>} />, {
    container: document.createElement('div'),
  });
  const paragraph = getByText('(end)').closest('p');
  expect(paragraph?.textContent).toBe(line);
  expect(paragraph?.closest('blockquote, figure, table')).toBeNull();
});
