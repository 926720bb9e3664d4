import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Collector } from '../../../worker/collector.ts';
import { Throttle } from '../../../worker/throttle.ts';

let sent: { what: string; at: number }[];
let signals: Throttle<string> | Collector<string>;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});

afterEach(() => {
  vi.useRealTimers();
});

/** Begins with nothing sent. */
function use(Kind: typeof Throttle<string> | typeof Collector<string>): void {
  sent = [];
  signals = new Kind(
    () => Date.now(),
    (earlier, later) => `${earlier}+${later}`,
    (what) => sent.push({ what, at: Date.now() }),
  );
}

describe.each([
  ['throttle', Throttle<string>],
  ['collector', Collector<string>],
])('in a %s', (_, Kind) => {
  beforeEach(() => use(Kind));

  test('the first is sent at once, and those within the next second as one at its end', () => {
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

  test('when the timer is late, a pending signal is not sent after a newer one', () => {
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

  test('no timer is left once everything is sent', () => {
    signals.put('ada', 'a1');
    signals.put('ada', 'a2');
    vi.advanceTimersByTime(1_000);
    expect(vi.getTimerCount()).toBe(0);
  });
});

test('users are throttled independently', () => {
  use(Throttle);
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

test('what several users wait for is sent together', () => {
  use(Collector);
  signals.put('ada', 'a1');
  signals.put('ada', 'a2');
  vi.advanceTimersByTime(900);
  signals.put('grace', 'g1');
  signals.put('ada', 'a3');
  vi.advanceTimersByTime(200);
  signals.put('linus', 'l1');
  vi.advanceTimersByTime(5_000);
  signals.put('grace', 'g2');
  expect(sent).toEqual([
    { what: 'a1', at: 0 },
    { what: 'g1', at: 1_000 },
    { what: 'a2+a3', at: 1_000 },
    { what: 'l1', at: 2_000 },
    { what: 'g2', at: 6_100 },
  ]);
});
