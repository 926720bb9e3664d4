import { describe, expect, test } from 'vitest';
import { dayAndTimeOf, dayLabel, sinceOf, timeOf } from '../../../web/ui/words/moment.ts';

const NOON = new Date(2026, 2, 3, 12).getTime();
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

test('a day is today, yesterday, a weekday, or has its year', () => {
  expect(dayLabel(NOON, NOON)).toBe('Today');
  expect(dayLabel(NOON - DAY, NOON)).toBe('Yesterday');
  expect(dayLabel(NOON - 3 * DAY, NOON)).toMatch(/Saturday/);
  expect(dayLabel(NOON - 400 * DAY, NOON)).toMatch(/2025/);
});

describe('a moment in a sentence', () => {
  test('names the day as a sentence does', () => {
    expect(dayAndTimeOf(NOON, NOON)).toBe(`today ${timeOf(NOON)}`);
    const lastWeek = NOON - 7 * DAY;
    expect(dayAndTimeOf(lastWeek, NOON)).toBe(`${dayLabel(lastWeek, NOON)} ${timeOf(NOON)}`);
  });

  test('is a time alone only if it was today: offline since a time of another day is longer', () => {
    expect(sinceOf(NOON - MINUTE, NOON)).toBe(timeOf(NOON - MINUTE));
    expect(sinceOf(NOON - DAY, NOON)).toBe(`yesterday ${timeOf(NOON)}`);
  });
});
