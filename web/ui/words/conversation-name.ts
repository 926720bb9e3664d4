import type { Group, User } from '../../../protocol/models.ts';
import { byWords } from './by-words.ts';

const list = new Intl.ListFormat('en-GB');

/** The name that the page shows for a group; a direct group is named by its people without me: "Grace, Linus and Marie". */
export function conversationName(
  { kind, name }: Pick<Group, 'kind' | 'name'>,
  others: readonly Pick<User, 'name'>[],
): string {
  if (kind === 'group') return name;
  return list.format(others.map((person) => person.name).sort(byWords));
}
