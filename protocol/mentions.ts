import { parse, texts } from './markdown/parse.ts';

/** The mentions that name no one person: everyone online, and everyone of the group. */
export const EVERYONE: ReadonlySet<string> = new Set(['here', 'all']);

/** The mention of a user id, `here` or `all`, as content has it. */
export function mentionOf(name: string): string {
  return `<@${name}>`;
}

/** The user ids that content mentions, with `here` and `all`. Code and links mention nobody. */
export function mentionedIn(content: string): Set<string> {
  if (!content.includes('<@')) return new Set();
  return new Set(
    texts(parse(content)).flatMap((part) => (part.type === 'mention' ? part.userId : [])),
  );
}

/** Whether content mentions everyone online or everyone of the group. */
export function mentionsEveryone(content: string): boolean {
  const names = mentionedIn(content);
  return [...EVERYONE].some((name) => names.has(name));
}
