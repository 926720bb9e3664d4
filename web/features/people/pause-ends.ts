/** The choices of how long notifications pause. */
export const PAUSE_ENDS = [
  { id: 'half-hour', label: 'For 30 minutes' },
  { id: 'hour', label: 'For an hour' },
  { id: 'tomorrow', label: 'Until tomorrow' },
] as const;
export type PauseEnd = (typeof PAUSE_ENDS)[number]['id'];

const MINUTE_MS = 60_000;
/** The hour at which the day begins for someone who pauses until tomorrow. */
const MORNING_HOUR = 9;

/** When a pause that begins now ends, ms UTC. Tomorrow is that of the user's time zone, at 9:00. */
export function pauseEnd(end: PauseEnd, now: number): number {
  switch (end) {
    case 'half-hour':
      return now + 30 * MINUTE_MS;
    case 'hour':
      return now + 60 * MINUTE_MS;
    case 'tomorrow': {
      const date = new Date(now);
      return new Date(
        date.getFullYear(),
        date.getMonth(),
        date.getDate() + 1,
        MORNING_HOUR,
      ).getTime();
    }
  }
}
