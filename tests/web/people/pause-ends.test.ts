import { afterEach, expect, test, vi } from 'vitest';
import { pauseEnd } from '../../../web/features/people/pause-ends.ts';

afterEach(() => vi.unstubAllEnvs());

test.each([
  ['UTC', 'half-hour', '2026-06-01T12:00Z', '2026-06-01T12:30Z'],
  ['UTC', 'hour', '2026-06-01T12:00Z', '2026-06-01T13:00Z'],
  ['Europe/Berlin', 'tomorrow', '2026-06-01T12:00Z', '2026-06-02T07:00Z'],
  ['Europe/Berlin', 'tomorrow', '2026-06-01T22:30Z', '2026-06-03T07:00Z'],
  ['Europe/Berlin', 'tomorrow', '2026-03-28T12:00Z', '2026-03-29T07:00Z'],
] as const)('in %s a pause of "%s" from %s lasts until %s', (timeZone, end, from, until) => {
  vi.stubEnv('TZ', timeZone);
  expect(new Date(pauseEnd(end, Date.parse(from)))).toEqual(new Date(until));
});
