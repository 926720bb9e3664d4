import { expect, test } from 'vitest';
import { markdownKey } from '../../../web/features/composer/markdown-key.ts';
import { markdownShortcut } from '../../../web/features/composer/markdown-shortcut.ts';

/** The field's text after Ctrl and a key, with the selection in `[` and `]`. Undefined if nothing happens. */
function press(key: string, field: string, shiftKey = false, code = ''): string | undefined {
  const start = field.indexOf('[');
  const text = field.replace('[', '').replace(']', '');
  const end = field.indexOf(']') - 1;
  const pressed = { key, code, shiftKey, ctrlKey: true, metaKey: false, altKey: false };
  const mark = markdownKey(pressed);
  if (!mark) return undefined;
  const change = markdownShortcut(mark, { text, start, end });
  const after = text.slice(0, change.from) + change.text + text.slice(change.to);
  const { select } = change;
  return `${after.slice(0, select.start)}[${after.slice(select.start, select.end)}]${after.slice(select.end)}`;
}

test('the selected text becomes bold, italic, struck or code, and stays selected', () => {
  expect(press('b', 'a [b] c')).toBe('a **[b]** c');
  expect(press('i', 'a [b] c')).toBe('a *[b]* c');
  expect(press('X', 'a [b] c', true)).toBe('a ~~[b]~~ c');
  expect(press('e', 'a [b] c')).toBe('a `[b]` c');
});

test('the same key removes it again', () => {
  expect(press('b', 'a **[b]** c')).toBe('a [b] c');
  expect(press('i', 'a **[b]** c')).toBe('a ***[b]*** c');
});

test('several lines of code are fenced, with the cursor at the language', () => {
  expect(press('e', '[a\nb]')).toBe('```[]\na\nb\n```');
});

test('a link selects its address, and for an address its text', () => {
  expect(markdownShortcut('k', { text: 'docs', start: 0, end: 4 })).toEqual({
    from: 0,
    to: 4,
    text: '[docs](https://)',
    select: { start: 7, end: 15 },
  });
  expect(markdownShortcut('k', { text: 'https://x.example', start: 0, end: 17 })).toMatchObject({
    text: '[](https://x.example)',
    select: { start: 1, end: 1 },
  });
});

test('other keys do nothing', () => {
  expect(press('z', 'a [b] c')).toBeUndefined();
  expect(press('x', 'a [b] c')).toBeUndefined();
});

test.each([
  ['и', 'KeyB', 'a **[b]** c'],
  ['ш', 'KeyI', 'a *[b]* c'],
  ['У', 'KeyE', 'a `[b]` c'],
  ['β', 'KeyB', 'a **[b]** c'],
  ['נ', 'KeyB', 'a **[b]** c'],
  ['ı', 'KeyI', 'a *[b]* c'],
])('Ctrl and the key %s set a mark, by the Latin letter of that key', (key, code, after) => {
  expect(press(key, 'a [b] c', false, code)).toBe(after);
});

test('a Latin layout keeps its own letters: Dvorak has X where others have B', () => {
  expect(press('x', 'a [b] c', false, 'KeyB')).toBeUndefined();
  expect(press('X', 'a [b] c', true, 'KeyB')).toBe('a ~~[b]~~ c');
  expect(press('b', 'a [b] c', false, 'KeyN')).toBe('a **[b]** c');
  // A mark of punctuation there is no letter of another script.
  expect(press('.', 'a [b] c', false, 'KeyE')).toBeUndefined();
});
