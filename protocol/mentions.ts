/** How content names people: `<@userId>`, and `<@here>` or `<@all>`. The group is the user id, `here` or `all`. */
export const MENTION = /<@([A-Za-z0-9_-]{1,64})>/g;

/** The mentions that name no one person: everyone online, and everyone of the group. */
export const EVERYONE: ReadonlySet<string> = new Set(['here', 'all']);

/** The mention of a user id, `here` or `all`, as content has it. */
export function mentionOf(name: string): string {
  return `<@${name}>`;
}

/** The user ids that content mentions, with `here` and `all`. */
export function namesIn(content: string): Set<string> {
  return new Set([...content.matchAll(MENTION)].flatMap(([, name]) => name ?? []));
}

/** Whether content mentions everyone online or everyone of the group. */
export function namesEveryone(content: string): boolean {
  return [...EVERYONE].some((name) => content.includes(mentionOf(name)));
}
