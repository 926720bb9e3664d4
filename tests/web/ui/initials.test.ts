import { expect, test } from 'vitest';
import { initials } from '../../../web/ui/people/avatar.tsx';

test.each([
  ['Ada', 'A'],
  ['ada lovelace', 'AL'],
  ['Rear Admiral Grace Hopper', 'RH'],
  ['  ', '?'],
  ['🎉 party', '🎉P'],
])('%j has the initials %j', (name, expected) => {
  expect(initials(name)).toBe(expected);
});
