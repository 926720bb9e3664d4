import { expect, test } from 'vitest';
import { wantedRange } from '../../../worker/files/range.ts';

const part = (offset: number, length: number) => ({ state: 'part', range: { offset, length } });
const all = { state: 'all' };
const unsatisfiable = { state: 'unsatisfiable' };

test.each<[string | null, number, object]>([
  [null, 10, all],
  ['bytes=0-4', 10, part(0, 5)],
  ['Bytes=0-4', 10, part(0, 5)],
  ['bytes=9-9', 10, part(9, 1)],
  ['bytes=0-', 10, part(0, 10)],
  ['bytes=4-', 10, part(4, 6)],
  ['bytes=4-100', 10, part(4, 6)],
  ['bytes=-3', 10, part(7, 3)],
  ['bytes=-100', 10, part(0, 10)],
  ['bytes=-0', 10, unsatisfiable],
  ['bytes=10-', 10, unsatisfiable],
  ['bytes=10-20', 10, unsatisfiable],
  ['bytes=0-', 0, unsatisfiable],
  ['bytes=-5', 0, unsatisfiable],
  ['bytes=5-4', 10, all],
  ['bytes=-', 10, all],
  ['bytes=', 10, all],
  ['bytes=a-b', 10, all],
  ['bytes= 1 - 2', 10, all],
  ['lines=0-4', 10, all],
  ['0-4', 10, all],
  ['bytes=0-1,3-4', 10, all],
])('Range: %s of %i bytes', (header, size, wanted) => {
  expect(wantedRange(header, size)).toEqual(wanted);
});
