import * as z from 'zod/mini';

const DAY_MS = 24 * 60 * 60_000;
const MINUTE_MS = 60_000;
/** A schedule repeats after a week; a day more covers a clock that is set back. */
const HORIZON_DAYS = 8;

/** A time of day, "00:00" to "23:59". */
const TimeOfDay = z
  .string()
  .check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'must be a time such as 22:00' }));

/** An IANA time zone that this machine knows. */
export const TimeZone = z.string().check(
  z.maxLength(64),
  z.refine((name) => formatIn(name) !== undefined, {
    error: 'must be an IANA time zone such as Europe/Berlin',
  }),
);

/**
 * When a person does not want to be disturbed every week: on the days (0 is Sunday) on which it begins, `from` a time of day
 * to another one, which is on the next day unless it is later.
 */
export const QuietSchedule = z.object({
  from: TimeOfDay,
  to: TimeOfDay,
  days: z
    .array(z.int().check(z.minimum(0), z.maximum(6)))
    .check(z.minLength(1, { error: 'must name a day' }), z.maxLength(7)),
  timeZone: TimeZone,
});
export type QuietSchedule = z.infer<typeof QuietSchedule>;

/** When a person does not want to be disturbed: until a time (ms UTC), and by a schedule. */
export const DoNotDisturb = z.object({
  until: z.optional(z.int().check(z.nonnegative())),
  schedule: z.optional(QuietSchedule),
});
export type DoNotDisturb = z.infer<typeof DoNotDisturb>;

/** A time from which a person does not want to be disturbed, and the one at which that ends, ms UTC. */
interface Quiet {
  from: number;
  to: number;
}

/** Whether a person does not want to be disturbed at this time, ms UTC. */
export function isDoNotDisturb({ until = 0, schedule }: DoNotDisturb, at: number): boolean {
  return at < until || quietTimes(schedule, at, 1).some(({ from, to }) => from <= at && at < to);
}

/** When `isDoNotDisturb` has the other value for the first time after `at`, ms UTC; undefined if not within a week. */
export function nextChange(settings: DoNotDisturb, at: number): number | undefined {
  const { until = 0, schedule } = settings;
  const now = isDoNotDisturb(settings, at);
  return [until, ...quietTimes(schedule, at, HORIZON_DAYS).flatMap(({ from, to }) => [from, to])]
    .filter((time) => time > at)
    .sort((a, b) => a - b)
    .find((time) => isDoNotDisturb(settings, time) !== now);
}

/** The times of a schedule that begin on the days from yesterday on. */
function quietTimes(schedule: QuietSchedule | undefined, at: number, days: number): Quiet[] {
  if (!schedule) return [];
  const { from, to, timeZone } = schedule;
  const today = at + offsetAt(at, timeZone);
  const midnight = today - (((today % DAY_MS) + DAY_MS) % DAY_MS);
  const ends = minutesOf(to) > minutesOf(from) ? 0 : DAY_MS;
  return Array.from({ length: days + 2 }, (_, index) => midnight + (index - 1) * DAY_MS)
    .filter((day) => schedule.days.includes(new Date(day).getUTCDay()))
    .map((day) => ({
      from: instantOf(day + minutesOf(from) * MINUTE_MS, timeZone),
      to: instantOf(day + ends + minutesOf(to) * MINUTE_MS, timeZone),
    }));
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/**
 * When the clocks of a zone show this time, written as if it were UTC. One that they skip is taken as the time that they then
 * show; of one that they show twice, the first is taken.
 */
function instantOf(shown: number, timeZone: string): number {
  const before = shown - offsetAt(shown - DAY_MS, timeZone);
  const after = shown - offsetAt(shown + DAY_MS, timeZone);
  return [before, after].find((at) => at + offsetAt(at, timeZone) === shown) ?? before;
}

const PARTS = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const;

/** How far the clocks of a zone are ahead of UTC at a time, ms. */
function offsetAt(at: number, timeZone: string): number {
  const whole = Math.floor(at / 1_000) * 1_000;
  const parts = formatIn(timeZone)?.formatToParts(whole) ?? [];
  const [year = 0, month = 1, day, hour, minute, second] = PARTS.map((name) =>
    Number(parts.find(({ type }) => type === name)?.value),
  );
  return Date.UTC(year, month - 1, day, hour, minute, second) - whole;
}

/** Of the zones that were asked for: to make one takes longer than to use it a hundred times. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** Undefined for an unknown zone. */
function formatIn(timeZone: string): Intl.DateTimeFormat | undefined {
  const known = formats.get(timeZone);
  if (known) return known;
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
    return format;
  } catch {
    return undefined;
  }
}
