import { MUTED_FOR_GOOD } from '../../../protocol/muting.ts';

const HOUR_MS = 3_600_000;
/** "Until tomorrow" ends at this hour. */
const MORNING_HOUR = 8;

/** How long a group can be muted: the text of the button, and when it ends, ms UTC. */
export const MUTE_CHOICES: readonly { text: string; until: (now: number) => number }[] = [
  { text: 'For 1 hour', until: (now) => now + HOUR_MS },
  { text: 'For 8 hours', until: (now) => now + 8 * HOUR_MS },
  { text: 'Until tomorrow', until: tomorrowMorning },
  { text: 'Until I turn it on again', until: () => MUTED_FOR_GOOD },
];

/** The next day's morning in the user's time zone. */
function tomorrowMorning(now: number): number {
  const date = new Date(now);
  date.setDate(date.getDate() + 1);
  return date.setHours(MORNING_HOUR, 0, 0, 0);
}
