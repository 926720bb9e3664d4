import type { Reaction, User } from '../../../../protocol/models.ts';

/** More names than this are counted. */
const MOST_NAMES = 10;
const list = new Intl.ListFormat('en', { type: 'conjunction' });

/** A sentence of who is behind a reaction: "You, Ada and 3 others reacted with 🎉". */
export function whoReacted(
  { emoji, count, userIds }: Reaction,
  me: string,
  userOf: (userId: string) => User | undefined,
): string {
  const others = userIds.filter((id) => id !== me).toReversed();
  const names = others.map((id) => userOf(id)?.name ?? 'Someone');
  const known = [...(userIds.includes(me) ? ['You'] : []), ...names].slice(0, MOST_NAMES);
  const more = count - known.length;
  const who = more > 0 ? [...known, more === 1 ? '1 other' : `${more} others`] : known;
  return `${list.format(who)} reacted with ${emoji}`;
}
