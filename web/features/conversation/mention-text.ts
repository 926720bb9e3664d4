import type { User } from '../../../protocol/models.ts';

/** How content names people, and everyone online or everyone of the group (protocol.md: Models). */
const MENTION = /<@([A-Za-z0-9_-]{1,64})>/g;
/** What is quoted as code stays as it was typed. The odd pieces of a split. */
const CODE = /(```[\s\S]*?(?:```|$)|`[^`\n]+`)/;

/** Mentions of nobody in particular. */
export const EVERYONE: ReadonlySet<string> = new Set(['here', 'all']);

/** Somebody whom `@name` in a field means. */
export interface Named {
  name: string;
  userId: string;
}

/** A piece of content: text, or whom it names (a user id, `here` or `all`). */
export type MentionPiece = { type: 'text'; text: string } | { type: 'mention'; userId: string };

/** Cuts text at its mentions, in order; the pieces hold all of it. */
export function cutAtMentions(text: string): MentionPiece[] {
  // Split by a pattern with one group gives text and names in turn.
  return text.split(MENTION).flatMap((piece, index): MentionPiece[] => {
    if (index % 2 === 1) return [{ type: 'mention', userId: piece }];
    return piece === '' ? [] : [{ type: 'text', text: piece }];
  });
}

/**
 * Content as people read and type it: with `@Name` for every mention. Of two people of one name the second is `@handle`
 * and, where that is not known, stays as it is sent: saved again, the text must mean both.
 */
export function readable(
  content: string,
  userOf: (userId: string) => Pick<User, 'name' | 'handle'> | undefined,
): { text: string; named: Named[] } {
  const named = new Map<string, Named>();
  const text = content.replaceAll(MENTION, (mention: string, userId: string) => {
    if (EVERYONE.has(userId)) return `@${userId}`;
    const user = userOf(userId);
    const names = user ? [user.name, user.handle] : ['Someone'];
    const name = names.find((it) => (named.get(it)?.userId ?? userId) === userId);
    if (name === undefined) return mention;
    named.set(name, { name, userId });
    return `@${name}`;
  });
  return { text, named: [...named.values()] };
}

/**
 * What a field's text is sent as: `@Name` of everyone in `named` (the first of a name wins), `@here` and `@all` become
 * mentions. Code stays as it was typed.
 */
export function contentOf(text: string, named: readonly Named[]): string {
  const ids = new Map([...EVERYONE].map((name) => [name, name]));
  for (const { name, userId } of named) if (!ids.has(name)) ids.set(name, userId);
  // The longest first: "@Ada Lovelace" names her, and not an Ada.
  const names = [...ids.keys()].sort((a, b) => b.length - a.length).map((name) => escaped(name));
  const at = new RegExp(`(?<![\\p{L}\\p{N}_<@])@(${names.join('|')})(?![\\p{L}\\p{N}_])`, 'gu');
  return text
    .split(CODE)
    .map((piece, index) =>
      index % 2 === 1 ? piece : piece.replaceAll(at, (_, name: string) => `<@${ids.get(name)}>`),
    )
    .join('');
}

/** Whom a name that was typed in full means: handles always, names only where nobody else has them. */
export function namedBy(people: readonly User[]): Named[] {
  const times = new Map<string, number>();
  for (const { name } of people) times.set(name, (times.get(name) ?? 0) + 1);
  return people.flatMap(({ id, name, handle }) => [
    ...(times.get(name) === 1 ? [{ name, userId: id }] : []),
    { name: handle, userId: id },
  ]);
}

function escaped(name: string): string {
  return name.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
