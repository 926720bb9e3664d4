import { describe, expect, it } from 'vitest';
import { Overload } from '../../../worker/room/frames/overload.ts';
import { manualClock } from '../../support/manual-clock.ts';

const PER_SECOND = 100;
const HOT = 40;

/** An overload whose timers run only while the test passes time: between two frames nothing else runs. */
function busyRoom({ random = () => 0 }: { random?: () => number } = {}) {
  const clock = manualClock();
  let stolenMs = 0;
  const late: number[] = [];
  const overload = new Overload<string>(
    { most: PER_SECOND, hot: HOT },
    {
      clock: () => clock.now() + stolenMs,
      random,
      after: (ms, callback) => void clock.after(ms, callback),
      late: (ms) => late.push(ms),
    },
  );
  return {
    overload,
    late,
    /** Passes time in which timers run. */
    pass: (ms: number) => clock.pass(ms),
    /** Passes time in which no timer runs, because frames are handled all the while. */
    steal: (ms: number) => {
      stolenMs += ms;
    },
    /** Handles frames. Returns the clients to disconnect, and each client's time to wait. */
    say(sender: string, frames = 1) {
      const shed: string[] = [];
      const waits = Array.from({ length: frames }, () => {
        shed.push(...overload.note(sender).map((one) => one.sender));
        return overload.take();
      });
      return { waits, shed };
    },
  };
}

it('a Room whose timers starve is known to be late with the next frame', () => {
  const { say, pass, steal, late } = busyRoom();
  say('ada');
  pass(25);
  say('ada');
  steal(29);
  say('ada');
  expect(late).toEqual([]);
  steal(1);
  say('ada');
  steal(40);
  say('ada');
  expect(late).toEqual([10, 50]);
});

describe('a Room over its limit', () => {
  it('asks clients over the limit to wait a second or more, and disconnects nobody', () => {
    const { say, pass } = busyRoom();
    const { waits, shed } = say('ada', PER_SECOND + 5);
    expect(waits.filter((waitMs) => waitMs > 0)).toEqual([1000, 1000, 1000, 1000, 1000]);
    expect(shed).toEqual([]);
    pass(1_000);
    expect(say('ada', PER_SECOND).waits.every((waitMs) => waitMs === 0)).toBe(true);
  });

  it('disconnects the busiest clients when they keep sending for seconds', () => {
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

  it('does not disconnect clients that wait, however busy it stays', () => {
    const { say, pass } = busyRoom();
    const gone = [];
    for (let tenth = 0; tenth < 100; tenth++) {
      for (const sender of ['ada', 'grace', 'linus']) gone.push(...say(sender, 5).shed);
      pass(100);
    }
    expect(gone).toEqual([]);
  });
});

describe('a Room whose timers starve', () => {
  it('is hot at once, and disconnects nobody if it is brief', () => {
    const { overload, say, steal } = busyRoom();
    say('loud', 30);
    expect(overload.isHot()).toBe(false);
    steal(500);
    expect(say('loud').shed).toEqual([]);
    expect(overload.isHot()).toBe(true);
  });

  it('disconnects the busiest clients, as many as sent half of the frames, when it lasts', () => {
    const { say, steal } = busyRoom();
    say('patient');
    say('loud', 30);
    say('louder', 40);
    steal(1_500);
    expect(say('loud').shed).toEqual(['louder']);
    // The others go only if that is not enough.
    say('loud', 30);
    steal(1_500);
    expect(say('patient').shed).toEqual(['loud']);
  });

  it('disconnects half of all clients when none is busier than others', () => {
    const { say, steal } = busyRoom();
    for (let n = 0; n < 40; n++) say(`sender ${n}`);
    steal(1_500);
    expect(say('sender 40').shed).toHaveLength(21);
  });

  it('is not overloaded because the machine slept', () => {
    const { overload, say, steal } = busyRoom();
    say('ada', 3);
    steal(3_600_000);
    expect(say('ada').shed).toEqual([]);
    expect(overload.isHot()).toBe(false);
  });

  it('asks disconnected clients to return after different times', () => {
    const numbers = [0, 0.5, 1];
    const { overload, say, steal } = busyRoom();
    const { overload: spread } = busyRoom({ random: () => numbers.shift() ?? 0 });
    expect(overload.take()).toBe(0);
    for (const name of ['ada', 'grace', 'linus', 'alan']) say(name, 10);
    steal(1_500);
    expect(say('ada').shed).toEqual(['ada', 'grace']);
    for (let n = 0; n < PER_SECOND; n++) spread.take();
    expect([spread.take(), spread.take(), spread.take()]).toEqual([1_000, 2_000, 3_000]);
  });
});

it('turns hot at a high frame rate, and cools down a minute after the rate has dropped', () => {
  const { overload, say, pass } = busyRoom();
  const talk = (framesASecond: number, seconds: number) => {
    for (let second = 0; second < seconds; second++) {
      say('ada', framesASecond);
      pass(1_000);
    }
  };
  talk(HOT - 1, 5);
  expect(overload.isHot()).toBe(false);
  talk(HOT, 2);
  expect(overload.isHot()).toBe(true);
  talk(HOT / 4, 90);
  expect(overload.isHot()).toBe(true);
  talk(3, 70);
  expect(overload.isHot()).toBe(false);
});
