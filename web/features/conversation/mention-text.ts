import { EVERYONE, MENTION, mentionOf } from '../../../protocol/mentions.ts';
import type { User } from '../../../protocol/models.ts';

/** Code in Markdown, in which names are no mentions: the odd pieces of a split. */
const CODE = /(```[\s\S]*?(?:```|$)|`[^`\n]+`)/;

/** The person whom `@name` in a field means. */
export interface Named {
  name: string;
  userId: string;
}

/** A piece of content: text, or a mention of a user id, `here` or `all`. */
export type MentionPiece = { type: 'text'; text: string } | { type: 'mention'; userId: string };

/** Cuts text at its mentions, in order; the pieces hold all of it. */
export function cutAtMentions(text: string): MentionPiece[] {
  // A split by a pattern with one group returns text and names in turn.
  return text.split(MENTION).flatMap((piece, index): MentionPiece[] => {
    if (index % 2 === 1) return [{ type: 'mention', userId: piece }];
    return piece === '' ? [] : [{ type: 'text', text: piece }];
  });
}

/**
 * Content as people read and type it, with `@Name` for each mention. The second of two people with one name is `@handle`;
 * without a known handle the mention stays as it was sent, so that the text, saved again, still means both.
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
 * The content that a field's text is sent as: `@here`, `@all` and `@Name` of the people in `named` (the first of a name
 * wins) become mentions. Code stays as typed.
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
      index % 2 === 1
        ? piece
        : piece.replaceAll(at, (_, name: string) => mentionOf(ids.get(name) ?? name)),
    )
    .join('');
}

/** The names that mean these people when typed in full: all handles, and each name that only one of them has. */
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
