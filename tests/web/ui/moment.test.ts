import { describe, expect, test } from 'vitest';
import { changePreferences } from '../../../web/ui/preferences.ts';
import {
  dayAndTimeOf,
  dayLabel,
  sinceOf,
  timeFormats,
  timeOf,
} from '../../../web/ui/words/moment.ts';

const NOON = new Date(2026, 2, 3, 12).getTime();
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

test('a day is today, yesterday, tomorrow, a weekday, or has its year', () => {
  expect(dayLabel(NOON, NOON)).toBe('Today');
  expect(dayLabel(NOON - DAY, NOON)).toBe('Yesterday');
  expect(dayLabel(NOON + DAY, NOON)).toBe('Tomorrow');
  expect(dayLabel(NOON - 3 * DAY, NOON)).toMatch(/Saturday/);
  expect(dayLabel(NOON - 400 * DAY, NOON)).toMatch(/2025/);
});

test.each([
  ['en-US', '9:05 AM', '12:05 AM', '9:05 PM'],
  ['en-GB', '9:05', '0:05', '21:05'],
  ['de', '9:05', '0:05', '21:05'],
  ['ja', '9:05', '0:05', '21:05'],
  ['fi', '9.05', '0.05', '21.05'],
  ['ko', '오전 9:05', '오전 12:05', '오후 9:05'],
  ['ar-EG', '٩:٠٥ ص', '١٢:٠٥ ص', '٩:٠٥ م'],
])('in %s a time has its usual form, and no zero before the hour', (locale, ...expected) => {
  const { time, full } = timeFormats(locale);
  const day = (hour: number) => new Date(2026, 2, 3, hour, 5);
  // Some locales put a narrow space before "AM".
  const spaced = (text: string) => text.replaceAll(/\s/g, ' ');
  expect([9, 0, 21].map((hour) => spaced(time.format(day(hour))))).toEqual(expected);
  expect(spaced(full.format(day(9)))).toContain(expected[0]);
});

test.each([
  ['en-US', '24', '09:05', '21:05'],
  ['en-GB', '12', '9:05 am', '9:05 pm'],
  ['de', '12', '9:05 AM', '9:05 PM'],
  ['de', '24', '9:05', '21:05'],
] as const)('in %s with %s hours a time has the chosen form', (locale, format, ...expected) => {
  const { time } = timeFormats(locale, format);
  const spaced = (hour: number) =>
    time.format(new Date(2026, 2, 3, hour, 5)).replaceAll(/\s/g, ' ');
  expect([9, 21].map(spaced)).toEqual(expected);
});

test('a time follows the choice at once', () => {
  changePreferences({ timeFormat: '24' });
  expect(timeOf(new Date(2026, 2, 3, 21, 5).getTime())).toBe('21:05');
  changePreferences({ timeFormat: '12' });
  expect(timeOf(new Date(2026, 2, 3, 21, 5).getTime())).toMatch(/9:05\sPM/);
  changePreferences({ timeFormat: 'locale' });
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
