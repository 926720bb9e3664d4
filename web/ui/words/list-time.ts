import { dayKey, timeOf } from './moment.ts';

const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const withYear = new Intl.DateTimeFormat(undefined, { dateStyle: 'short' });

/** The time of something in a list, as short as it can be: "14:02" today, "3 Mar", or with the year. Both are ms UTC. */
export function listTimeOf(at: number, now: number): string {
  if (dayKey(at) === dayKey(now)) return timeOf(at);
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return (isThisYear ? day : withYear).format(at);
}
