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

describe('a time in a sentence', () => {
  test('has the day, in lower case if it is today', () => {
    expect(dayAndTimeOf(NOON, NOON)).toBe(`today ${timeOf(NOON)}`);
    const lastWeek = NOON - 7 * DAY;
    expect(dayAndTimeOf(lastWeek, NOON)).toBe(`${dayLabel(lastWeek, NOON)} ${timeOf(NOON)}`);
  });

  test('has no day if it is today, and has one otherwise', () => {
    expect(sinceOf(NOON - MINUTE, NOON)).toBe(timeOf(NOON - MINUTE));
    expect(sinceOf(NOON - DAY, NOON)).toBe(`yesterday ${timeOf(NOON)}`);
  });
});
