import type { InboxEntry } from '../../../protocol/rest.ts';
import { byName } from './by-name.ts';

/** My groups in the two parts of the list, each in its order. */
export function sectionsOf(entries: readonly InboxEntry[]): {
  groups: InboxEntry[];
  direct: InboxEntry[];
} {
  const sorted = entries.toSorted(byName);
  return {
    groups: sorted.filter(({ group }) => group.kind === 'group'),
    direct: sorted.filter(({ group }) => group.kind === 'direct'),
  };
}
