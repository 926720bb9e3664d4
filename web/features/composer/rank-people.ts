import type { User } from '../../../protocol/models.ts';

/** Facts that rank one person before another. */
export interface Likelihood {
  isMember(user: User): boolean;
  /** User ids of the last authors, the latest first. */
  recent: readonly string[];
}

/** How well a name matches the typed text; lower is better, undefined is no match. */
const PREFIX_OF_NAME = 0;
const PREFIX_OF_WORD = 1;

/**
 * The people whom `typed` may mean, the likeliest first: a prefix of the name before a prefix of one of its words or of the
 * handle; then members before others, recent authors before the rest, and by name.
 */
export function rankPeople(
  typed: string,
  people: Iterable<User>,
  { isMember, recent }: Likelihood,
): User[] {
  const wanted = folded(typed);
  const spoke = new Map(recent.map((userId, index) => [userId, index]));
  const found = [...people].flatMap((user) => {
    const fit = fitOf(user, wanted);
    return fit === undefined ? [] : [{ user, fit }];
  });
  const lately = ({ id }: User) => spoke.get(id) ?? spoke.size;
  return found
    .sort(
      (a, b) =>
        a.fit - b.fit ||
        Number(isMember(b.user)) - Number(isMember(a.user)) ||
        lately(a.user) - lately(b.user) ||
        a.user.name.localeCompare(b.user.name) ||
        a.user.id.localeCompare(b.user.id),
    )
    .map(({ user }) => user);
}

function fitOf({ name, handle }: User, wanted: string): number | undefined {
  const whole = folded(name);
  if (whole.startsWith(wanted)) return PREFIX_OF_NAME;
  const words = [...whole.split(/[\s._-]+/), folded(handle)];
  return words.some((word) => word.startsWith(wanted)) ? PREFIX_OF_WORD : undefined;
}

/** Without accents and capitals: "jose" finds José. */
function folded(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase();
}
