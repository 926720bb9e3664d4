import { expect, test } from 'vitest';
import { evaluate, type Precondition, rangeHolds } from '../../../worker/files/conditional.ts';

const CHANGED_AT = Date.parse('2026-11-27T20:00:00.400Z');
const SAME = 'Fri, 27 Nov 2026 20:00:00 GMT';
const EARLIER = 'Fri, 27 Nov 2026 19:59:59 GMT';
const LATER = 'Fri, 27 Nov 2026 20:00:01 GMT';
const version = { etag: 'one', changedAt: CHANGED_AT };

test.each<[Record<string, string>, Precondition]>([
  [{}, 'go_on'],
  [{ 'If-Match': '"one"' }, 'go_on'],
  [{ 'If-Match': '*' }, 'go_on'],
  [{ 'If-Match': '"two", "one"' }, 'go_on'],
  [{ 'If-Match': '"two"' }, 'failed'],
  [{ 'If-Match': 'W/"one"' }, 'failed'],
  [{ 'If-Match': 'one' }, 'failed'],
  [{ 'If-Match': '"one"', 'If-Unmodified-Since': EARLIER }, 'go_on'],
  [{ 'If-Unmodified-Since': SAME }, 'go_on'],
  [{ 'If-Unmodified-Since': LATER }, 'go_on'],
  [{ 'If-Unmodified-Since': EARLIER }, 'failed'],
  [{ 'If-Unmodified-Since': 'yesterday' }, 'go_on'],
  [{ 'If-None-Match': '"one"' }, 'not_modified'],
  [{ 'If-None-Match': 'W/"one"' }, 'not_modified'],
  [{ 'If-None-Match': '*' }, 'not_modified'],
  [{ 'If-None-Match': '"a,b", "one"' }, 'not_modified'],
  [{ 'If-None-Match': '"two"' }, 'go_on'],
  [{ 'If-None-Match': '"two"', 'If-Modified-Since': LATER }, 'go_on'],
  [{ 'If-Modified-Since': SAME }, 'not_modified'],
  [{ 'If-Modified-Since': LATER }, 'not_modified'],
  [{ 'If-Modified-Since': EARLIER }, 'go_on'],
  [{ 'If-Modified-Since': 'now' }, 'go_on'],
  [{ 'If-Match': '"one"', 'If-None-Match': '"one"' }, 'not_modified'],
  [{ 'If-Match': '"two"', 'If-None-Match': '"one"' }, 'failed'],
])('the preconditions %j: %s', (headers, outcome) => {
  expect(evaluate(new Headers(headers), version)).toBe(outcome);
});

test.each<[string | undefined, boolean]>([
  [undefined, true],
  ['"one"', true],
  ['W/"one"', false],
  ['"two"', false],
  [SAME, true],
  [EARLIER, false],
  [LATER, false],
  ['tomorrow', false],
])('If-Range: %s honours a range: %s', (ifRange, holds) => {
  const headers = new Headers(ifRange === undefined ? {} : { 'If-Range': ifRange });
  expect(rangeHolds(headers, version)).toBe(holds);
});
