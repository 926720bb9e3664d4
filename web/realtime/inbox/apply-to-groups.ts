import { assertNever } from '../../../protocol/assert-never.ts';
import type { InboxUpdate } from '../../../protocol/inbox.ts';
import { InboxEntry } from '../../../protocol/rest.ts';
import type { ReceivedInboxEvent } from './inbox-events.ts';

/** My groups after an event of my own socket. */
export function applyToGroups(
  groups: readonly InboxEntry[],
  event: ReceivedInboxEvent,
): readonly InboxEntry[] {
  switch (event.type) {
    case 'inbox_state':
      return event.groups;
    case 'inbox_update':
      return updateGroup(groups, event.entry);
    case 'inbox_remove':
      return groups.filter(({ group }) => group.id !== event.groupId);
    case 'user_update':
    case 'notification':
    case 'presence_update':
    case 'settings_update':
    case 'error':
    case 'strange':
      return groups;
    default:
      return assertNever(event);
  }
}

/** My groups with a change of one of them; null ends a field. A whole entry of an unknown group is added. */
function updateGroup(
  groups: readonly InboxEntry[],
  { groupId, ...change }: InboxUpdate,
): readonly InboxEntry[] {
  const known = groups.find(({ group }) => group.id === groupId);
  const fields = Object.entries({ ...known, ...change }).filter(([, value]) => value !== null);
  // A part of an unknown group is no entry.
  const entry = InboxEntry.safeParse(Object.fromEntries(fields)).data;
  if (!entry) return groups;
  return known ? groups.map((it) => (it === known ? entry : it)) : [...groups, entry];
}
