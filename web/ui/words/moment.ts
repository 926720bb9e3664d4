import { currentPreferences, type TimeFormat } from '../preferences.ts';

/** Hours and minutes as a locale writes them, without a zero before the hour. `dateStyle` and `timeStyle` would pad some. */
const HOUR = { hour: 'numeric', minute: '2-digit' } as const;

const HOUR_CYCLES = { locale: undefined, '12': 'h12', '24': 'h23' } as const;

interface TimeFormats {
  time: Intl.DateTimeFormat;
  full: Intl.DateTimeFormat;
}

/** The formats of a time and of a moment in full, in a locale; in the user's own without one. */
export function timeFormats(locale?: string, format: TimeFormat = 'locale'): TimeFormats {
  const day = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
  const hour = { ...HOUR, hourCycle: HOUR_CYCLES[format] };
  return {
    time: new Intl.DateTimeFormat(locale, hour),
    full: new Intl.DateTimeFormat(locale, { ...day, ...hour }),
  };
}

/** Formats are expensive to make: one pair is kept for each choice. */
const chosen: Partial<Record<TimeFormat, TimeFormats>> = {};

function formats(): TimeFormats {
  const { timeFormat } = currentPreferences();
  chosen[timeFormat] ??= timeFormats(undefined, timeFormat);
  return chosen[timeFormat];
}

const weekday = new Intl.DateTimeFormat(undefined, {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
});
const withYear = new Intl.DateTimeFormat(undefined, { dateStyle: 'long' });
const relativeDay = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

/** The hour and minute in the user's time zone and locale, e.g. "9:05" or "9:05 AM". `at` is ms UTC. */
export function timeOf(at: number): string {
  return formats().time.format(at);
}

/** Hour and minute without "AM" or "PM", for a time below another one. */
export function shortTimeOf(at: number): string {
  const parts = formats()
    .time.formatToParts(at)
    .filter(({ type }) => type !== 'dayPeriod');
  return parts
    .map(({ value }) => value)
    .join('')
    .trim();
}

/** Day and time in full, e.g. for a tooltip. */
export function momentOf(at: number): string {
  return formats().full.format(at);
}

/** A key for the calendar day in the user's time zone: equal for two times of the same day. */
export function dayKey(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}

/** "Today", "Yesterday", "Tomorrow", "Monday, 3 March", or with the year if it is another one. `now` is ms UTC. */
export function dayLabel(at: number, now: number): string {
  return capitalised(dayName(at, now));
}

/** Day and time, short, e.g. "today 14:02", "Monday, 3 March 14:02". `at` and `now` are ms UTC. */
export function dayAndTimeOf(at: number, now: number): string {
  return `${dayName(at, now)} ${timeOf(at)}`;
}

/** The time today, "14:02"; with the day if it was another one. `at` and `now` are ms UTC. */
export function sinceOf(at: number, now: number): string {
  return dayKey(at) === dayKey(now) ? timeOf(at) : dayAndTimeOf(at, now);
}

/** In lower case, for use within a sentence. */
function dayName(at: number, now: number): string {
  const day = dayKey(at);
  for (const days of [0, -1, 1]) {
    const near = new Date(now);
    near.setDate(near.getDate() + days);
    if (day === dayKey(near.getTime())) return relativeDay.format(days, 'day');
  }
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return (isThisYear ? weekday : withYear).format(at);
}

function capitalised(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
