import { describe, expect, it } from 'vitest';
import { Overload } from '../../worker/room/overload.ts';
import { manualClock } from '../support/manual-clock.ts';

const PER_SECOND = 100;

/** An overload whose timers come only while the test lets time pass: between two frames nothing else gets a turn. */
function busyRoom({ random = () => 0 }: { random?: () => number } = {}) {
  const clock = manualClock();
  let stolenMs = 0;
  const overload = new Overload<string>(PER_SECOND, {
    clock: () => clock.now() + stolenMs,
    random,
    after: (ms, callback) => void clock.after(ms, callback),
  });
  return {
    overload,
    /** Time in which timers come. */
    pass: (ms: number) => clock.pass(ms),
    /** Time in which none does: frames are being taken all the while. */
    steal: (ms: number) => {
      stolenMs += ms;
    },
    say(sender: string, frames = 1) {
      const waits = Array.from({ length: frames }, () => overload.take(sender));
      return { waits, shed: overload.shed().map((one) => one.sender) };
    },
  };
}

describe('a Room that is asked more than its limit', () => {
  it('tells whoever comes too much to wait a second or more, and disconnects nobody', () => {
    const { say, pass } = busyRoom();
    const { waits, shed } = say('ada', PER_SECOND + 5);
    expect(waits.filter((waitMs) => waitMs > 0)).toEqual([1000, 1000, 1000, 1000, 1000]);
    expect(shed).toEqual([]);
    pass(1_000);
    expect(say('ada', PER_SECOND).waits.every((waitMs) => waitMs === 0)).toBe(true);
  });

  it('disconnects the loudest when they go on for seconds all the same', () => {
    const { say, pass } = busyRoom();
    const gone = [];
    for (let second = 0; second < 3; second++) {
      say('grace', 5);
      say('ada', 3 * PER_SECOND);
      pass(1_000);
      gone.push(...say('grace').shed);
    }
    expect(gone).toEqual(['ada']);
  });

  it('does not disconnect those who obey, however busy it stays', () => {
    const { say, pass } = busyRoom();
    const gone = [];
    for (let tenth = 0; tenth < 100; tenth++) {
      for (const sender of ['ada', 'grace', 'linus']) gone.push(...say(sender, 5).shed);
      pass(100);
    }
    expect(gone).toEqual([]);
  });
});

describe('a Room that cannot draw breath', () => {
  it('disconnects those who push, as many as sent half of it, and not who waits for answers', () => {
    const { say, steal } = busyRoom();
    say('patient');
    say('loud', 30);
    say('louder', 40);
    expect(say('loud').shed).toEqual([]);
    steal(300);
    expect(say('loud').shed).toEqual(['louder']);
    // The rest only if that was not enough.
    say('loud', 30);
    steal(300);
    expect(say('patient').shed).toEqual(['loud']);
  });

  it('disconnects half of all when nobody pushes and it lasts', () => {
    const { say, steal } = busyRoom();
    const names = Array.from({ length: 40 }, (_, n) => `sender ${n}`);
    for (const name of names) say(name);
    steal(300);
    expect(say('newcomer').shed).toEqual([]);
    steal(800);
    expect(say('another newcomer').shed).toHaveLength(21);
  });

  it('is not taken for overloaded because the machine slept', () => {
    const { say, steal } = busyRoom();
    say('ada', 3);
    steal(3_600_000);
    expect(say('ada').shed).toEqual([]);
  });

  it('sends those who go away for different times', () => {
    const numbers = [0, 0.5, 1];
    const { overload, say, steal } = busyRoom({ random: () => numbers.shift() ?? 0 });
    for (const name of ['ada', 'grace', 'linus', 'alan']) say(name, 10);
    steal(300);
    for (const name of ['ada', 'grace']) overload.take(name);
    expect(overload.shed()).toEqual([
      { sender: 'ada', retryAfterMs: 2_000 },
      { sender: 'grace', retryAfterMs: 6_000 },
    ]);
  });
});

it('is hot after an overload, as long as it has much to do and a minute more', () => {
  const { overload, say, steal, pass } = busyRoom();
  expect(overload.isHot()).toBe(false);
  say('ada', 30);
  steal(300);
  say('ada');
  expect(overload.isHot()).toBe(true);
  for (let second = 0; second < 90; second++) {
    pass(1_000);
    say('ada', 60);
  }
  expect(overload.isHot()).toBe(true);
  for (let second = 0; second < 70; second++) {
    pass(1_000);
    say('ada', 3);
  }
  expect(overload.isHot()).toBe(false);
});
