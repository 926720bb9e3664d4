import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ProfileChange } from '../../../protocol/rest-requests.ts';
import { handleCandidates, handleFrom } from '../../../worker/directory/users.ts';

test.for([
  ['Ada', 'ada'],
  ['Éva Tóth', 'eva-toth'],
  ["Miles O'Brien, Jr.", 'miles-o-brien-jr'],
  ['李小龙', 'member'],
  ['X', 'member'],
  ['', 'member'],
] as const)('the handle of %j is %s', ([name, handle]) => {
  expect(handleFrom(name)).toBe(handle);
});

test('every candidate for every name is a valid handle', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      for (const handle of handleCandidates(handleFrom(name))) {
        expect(ProfileChange.safeParse({ handle }).success).toBe(true);
      }
    }),
  );
});

test('a taken handle gets the next number', () => {
  expect(handleCandidates('ada').slice(0, 3)).toEqual(['ada', 'ada2', 'ada3']);
});
