import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { demoPersonOf } from '../../../local/clerk/demo-person.ts';

const address = (name: string) => demoPersonOf(`demo:${name}`)?.address;

test("a demo person has the ticket's name, and an address derived from it", () => {
  expect(demoPersonOf('demo:Ada')).toEqual({ name: 'Ada', address: 'ada@demo.localhost' });
  expect(demoPersonOf('demo:Éva Tóth')).toEqual({
    name: 'Éva Tóth',
    address: '%C3%A9va%20t%C3%B3th@demo.localhost',
  });
});

test.for([
  ['Ada', 'ADA'],
  ['Éva', 'E\u0301va'],
  ['ΟΔΟΣ', 'οδος'],
  ['Straße', 'STRASSE'],
] as const)('%s and %s are the same person', ([one, other]) => {
  expect(address(one)).toBeDefined();
  expect(address(one)).toBe(address(other));
});

test('different names are different users', () => {
  const name = fc.stringMatching(/^[\p{L}\p{N} ._-]{1,40}$/u);
  const folded = (text: string) =>
    text.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
  fc.assert(
    fc.property(name, name, (one, other) => {
      const sameName = folded(one) === folded(other);
      const [first, second] = [address(one), address(other)];
      if (first === undefined || second === undefined) return;
      expect(first === second).toBe(sameName);
    }),
  );
  expect(address('a b')).not.toBe(address('a-b'));
  expect(address('a_b')).not.toBe(address('a.b'));
});

test.for([
  '',
  'Ada',
  'demo:',
  `demo:${'a'.repeat(41)}`,
  'demo:a@b',
  'demo:a%20b',
  'demo:<b>',
  'demo:a\n',
])('a ticket of another form is nobody: %j', (ticket) => {
  expect(demoPersonOf(ticket)).toBeUndefined();
});
