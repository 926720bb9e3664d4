import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Collector } from '../../../worker/collector.ts';

let sent: { what: string; at: number }[];
let moves: Collector<string>;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  sent = [];
  moves = new Collector(
    () => Date.now(),
    (earlier, later) => `${earlier}+${later}`,
    (what) => sent.push({ what, at: Date.now() }),
  );
});

afterEach(() => {
  vi.useRealTimers();
});

test('the first is sent at once, and those within the next second as one at its end', () => {
  moves.put('ada', 'a1');
  vi.advanceTimersByTime(300);
  moves.put('ada', 'a2');
  moves.put('ada', 'a3');
  vi.advanceTimersByTime(5_000);
  expect(sent).toEqual([
    { what: 'a1', at: 0 },
    { what: 'a2+a3', at: 1_000 },
  ]);
});

test('what several users wait for is sent together', () => {
  moves.put('ada', 'a1');
  moves.put('ada', 'a2');
  vi.advanceTimersByTime(900);
  moves.put('grace', 'g1');
  moves.put('ada', 'a3');
  vi.advanceTimersByTime(200);
  moves.put('linus', 'l1');
  vi.advanceTimersByTime(5_000);
  moves.put('grace', 'g2');
  expect(sent).toEqual([
    { what: 'a1', at: 0 },
    { what: 'g1', at: 1_000 },
    { what: 'a2+a3', at: 1_000 },
    { what: 'l1', at: 2_000 },
    { what: 'g2', at: 6_100 },
  ]);
});

test('when the timer is late, what waits is not sent after a newer one', () => {
  moves.put('ada', 'a1');
  moves.put('ada', 'a2');
  vi.setSystemTime(1_200);
  moves.put('ada', 'a3');
  vi.advanceTimersByTime(5_000);
  expect(sent).toEqual([
    { what: 'a1', at: 0 },
    { what: 'a2+a3', at: 1_200 },
  ]);
});

test('no timer is left once everything is sent', () => {
  moves.put('ada', 'a1');
  moves.put('ada', 'a2');
  vi.advanceTimersByTime(1_000);
  expect(vi.getTimerCount()).toBe(0);
});
