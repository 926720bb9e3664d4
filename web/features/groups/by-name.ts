import type { InboxEntry } from '../../../protocol/rest.ts';

/** The order of the list of groups: by name, so that a group keeps its place. */
export function byName(a: InboxEntry, b: InboxEntry): number {
  return a.group.name.localeCompare(b.group.name) || a.group.id.localeCompare(b.group.id);
}
