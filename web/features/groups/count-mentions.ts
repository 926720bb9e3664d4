import type { InboxEntry } from '../../../protocol/rest.ts';
import { type ListMoment, listedGroup } from './listed-group.ts';

/** The number for title and app badge: mentions in groups that are not muted, and messages of direct groups. */
export function countMentions(entries: readonly InboxEntry[], moment: ListMoment): number {
  return entries
    .map((entry) => listedGroup(entry, moment))
    .reduce((sum, { isMuted: muted, mentions }) => sum + (muted ? 0 : mentions), 0);
}
