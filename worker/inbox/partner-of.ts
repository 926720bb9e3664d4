import type { InboxEntry } from '../../protocol/rest.ts';

/** The id of the other person in a direct group of two; undefined for any other group. */
export function partnerOf({ group, people = [] }: InboxEntry): string | undefined {
  const [other] = people;
  return group.kind === 'direct' && people.length === 1 ? other?.id : undefined;
}
