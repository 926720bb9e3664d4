import { expect, test } from 'vitest';
import { avatarHue } from '../../../web/ui/people/avatar.tsx';

/** Steps between two of the 12 hues on their circle. */
function distance(one: string, other: string): number {
  const steps = Math.abs(avatarHue(one) - avatarHue(other));
  return Math.min(steps, 12 - steps);
}

test.each([
  ['the demo people', ['Ada', 'Grace', 'Linus', 'Margaret', 'Alan']],
  ['names that differ in one letter', ['Jana', 'Jane', 'Jani']],
  ['names that begin with the same letter', ['Anna', 'Aoife', 'April', 'Aqib']],
  ['neighbours in the alphabet', ['A', 'B', 'C', 'D', 'E', 'F']],
  ['other alphabets', ['Анна', 'Борис', 'Вера']],
])('neighbours among %s have hues that are apart', (_, names) => {
  const distances = names.slice(1).map((name, index) => distance(names[index] ?? '', name));
  expect(Math.min(...distances), distances.join()).toBeGreaterThanOrEqual(2);
});

test('every name has one of 12 hues', () => {
  for (const name of ['', ' ', '李明', '👩‍🚀', 'ADA', 'ada'])
    expect([...Array(12).keys()]).toContain(avatarHue(name));
  expect(avatarHue('ADA')).toBe(avatarHue('ada'));
});
