import { expect, test } from 'vitest';
import { latinKey } from '../../../web/ui/latin-key.ts';

test.each([
  ['j', 'KeyJ', false, 'j'],
  // Caps Lock
  ['J', 'KeyJ', false, 'j'],
  ['J', 'KeyJ', true, 'J'],
  ['о', 'KeyJ', false, 'j'],
  ['О', 'KeyJ', false, 'j'],
  ['О', 'KeyJ', true, 'J'],
  ['ξ', 'KeyJ', false, 'j'],
  ['ח', 'KeyJ', false, 'j'],
  // No letter, or a letter that has no Latin one on its key.
  ['?', 'Slash', true, '?'],
  ['+', 'Equal', true, '+'],
  ['ж', 'Semicolon', false, 'ж'],
  ['Escape', 'Escape', false, 'Escape'],
  ['ArrowUp', 'ArrowUp', false, 'ArrowUp'],
  // Dvorak
  ["'", 'KeyQ', false, "'"],
  ['h', 'KeyJ', false, 'h'],
])('%s on %s (Shift: %s) is %s', (key, code, shiftKey, expected) => {
  expect(latinKey({ key, code, shiftKey })).toBe(expected);
});
