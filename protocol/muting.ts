import type { InboxEntry } from './rest.ts';

/** `mutedUntil` of a group that stays muted until its user ends that, ms UTC. A date that every calendar can show. */
export const MUTED_FOR_GOOD = Date.UTC(9999, 11, 31);

/** Whether nothing of a group but a mention is shown to its user. `now` is ms UTC. */
export function isMuted(
  { level, mutedUntil = 0 }: Pick<InboxEntry, 'level' | 'mutedUntil'>,
  now: number,
): boolean {
  return level === 'none' || mutedUntil > now;
}
