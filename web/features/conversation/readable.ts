import { EVERYONE } from '../../../protocol/mentions.ts';
import type { User } from '../../../protocol/models.ts';
import { type Named, replaced } from './mention-text.ts';

/**
 * Content as people read and type it, with `@Name` for each mention. The second of two people with one name is `@handle`;
 * without a known handle the mention stays as it was sent, so that the text, saved again, still means both.
 */
export function readable(
  content: string,
  userOf: (userId: string) => Pick<User, 'name' | 'handle'> | undefined,
): { text: string; named: Named[] } {
  const named = new Map<string, Named>();
  const nameOf = (userId: string): string | undefined => {
    if (EVERYONE.has(userId)) return userId;
    const user = userOf(userId);
    const names = user ? [user.name, user.handle] : ['Someone'];
    const name = names.find((it) => (named.get(it)?.userId ?? userId) === userId);
    if (name !== undefined) named.set(name, { name, userId });
    return name;
  };
  const text = replaced(content, (part) => {
    const name = part.type === 'mention' ? nameOf(part.userId) : undefined;
    return name === undefined ? undefined : `@${name}`;
  });
  return { text, named: [...named.values()] };
}
