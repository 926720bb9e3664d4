/** The choices of how long a status lasts. */
export const STATUS_ENDS = [
  { id: 'never', label: 'Until I clear it' },
  { id: 'half-hour', label: 'For 30 minutes' },
  { id: 'hour', label: 'For an hour' },
  { id: 'four-hours', label: 'For 4 hours' },
  { id: 'today', label: 'Today' },
  { id: 'week', label: 'This week' },
] as const;
export type StatusEnd = (typeof STATUS_ENDS)[number]['id'];

const MINUTE_MS = 60_000;

/** When it ends, ms UTC; undefined for never. Days and weeks (from Monday) are those of the user's time zone. */
export function statusEnd(end: StatusEnd, now: number): number | undefined {
  switch (end) {
    case 'never':
      return undefined;
    case 'half-hour':
      return now + 30 * MINUTE_MS;
    case 'hour':
      return now + 60 * MINUTE_MS;
    case 'four-hours':
      return now + 240 * MINUTE_MS;
    case 'today':
      return midnightAfter(now, 1);
    case 'week':
      return midnightAfter(now, 7 - ((new Date(now).getDay() + 6) % 7));
  }
}

function midnightAfter(now: number, days: number): number {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
}
