import type { Group } from '../../protocol/models.ts';
import type { InboxEntry } from '../../protocol/rest.ts';
import { stateAt } from './group-events.ts';

/** A group named "Engines" in the list of a member who has read everything, unless a change says otherwise. */
export function entryOf(
  change: Partial<Omit<InboxEntry, 'group'>> = {},
  group: Partial<Group> = {},
): InboxEntry {
  return {
    group: { ...stateAt(1).group, ...group },
    role: 'member',
    readSeq: 0,
    unread: 0,
    mentions: 0,
    threads: [],
    lastThreadReplyAt: 0,
    level: 'all',
    ...change,
  };
}
