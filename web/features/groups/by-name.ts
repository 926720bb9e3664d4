import type { InboxEntry } from '../../../protocol/rest.ts';
import { byWords } from '../../ui/words/by-words.ts';
import { conversationName } from '../../ui/words/conversation-name.ts';

/** The order of the list of groups: by name, so that a group keeps its place. */
export function byName(a: InboxEntry, b: InboxEntry): number {
  return byWords(nameOf(a), nameOf(b)) || a.group.id.localeCompare(b.group.id);
}

/** How the list names a group of mine. */
export function nameOf({ group, people = [] }: InboxEntry): string {
  return conversationName(group, people);
}
