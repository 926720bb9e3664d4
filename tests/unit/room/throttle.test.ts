import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Throttle } from '../../../worker/room/ephemeral/throttle.ts';

let sent: { what: string; at: number }[];
let signals: Throttle<string>;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  sent = [];
  signals = new Throttle(
    () => Date.now(),
    (earlier, later) => `${earlier}+${later}`,
    (what) => sent.push({ what, at: Date.now() }),
  );
});

afterEach(() => {
  vi.useRealTimers();
});

test('the first goes out at once, and what comes within the second as one at its end', () => {
  signals.put('ada', 'a1');
  vi.advanceTimersByTime(300);
  signals.put('ada', 'a2');
  signals.put('ada', 'a3');
  vi.advanceTimersByTime(5_000);
  expect(sent).toEqual([
    { what: 'a1', at: 0 },
    { what: 'a2+a3', at: 1_000 },
  ]);
});

test('everyone has a second of their own', () => {
  signals.put('ada', 'a1');
  signals.put('ada', 'a2');
  vi.advanceTimersByTime(900);
  signals.put('grace', 'g1');
  signals.put('grace', 'g2');
  vi.advanceTimersByTime(200);
  signals.put('grace', 'g3');
  vi.advanceTimersByTime(5_000);
  expect(sent).toEqual([
    { what: 'a1', at: 0 },
    { what: 'g1', at: 900 },
    { what: 'a2', at: 1_000 },
    { what: 'g2+g3', at: 1_900 },
  ]);
});

test('where the timer comes late, what waits is not sent behind what came after it', () => {
  signals.put('ada', 'a1');
  signals.put('ada', 'a2');
  vi.setSystemTime(1_200);
  signals.put('ada', 'a3');
  vi.advanceTimersByTime(5_000);
  expect(sent).toEqual([
    { what: 'a1', at: 0 },
    { what: 'a2+a3', at: 1_200 },
  ]);
});

test('nothing is left to be woken for once all is sent', () => {
  signals.put('ada', 'a1');
  signals.put('ada', 'a2');
  vi.advanceTimersByTime(1_000);
  expect(vi.getTimerCount()).toBe(0);
});
