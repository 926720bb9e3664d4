import { expect, test } from 'vitest';
import { Settling } from '../../../worker/room/ephemeral/settling.ts';

const AFTER_MS = 90_000;

/** A Room's settling with a clock that the test moves, and when it was scheduled. */
function someSettling() {
  const time = { now: 0 };
  const scheduled: number[] = [];
  const agenda = { schedule: (_: 'settle', at: number) => void scheduled.push(at) };
  return { time, scheduled, settling: new Settling(agenda, () => time.now, AFTER_MS) };
}

test('a Room settles once after something happened, and then never again', () => {
  const { time, scheduled, settling } = someSettling();
  settling.active();
  expect(scheduled).toEqual([AFTER_MS]);
  time.now = AFTER_MS;
  expect(settling.next()).toBeUndefined();
});

test.each([
  [1_000, undefined],
  [14_000, undefined],
  [20_000, 20_000 + AFTER_MS],
  [89_000, 89_000 + AFTER_MS],
])('what happens %i ms later is settled with it or later', (later, again) => {
  const { time, settling } = someSettling();
  settling.active();
  time.now = later;
  settling.active();
  time.now = AFTER_MS;
  expect(settling.next()).toBe(again);
});

test('a Room that woke only to settle does it once', () => {
  expect(someSettling().settling.next()).toBeUndefined();
});
