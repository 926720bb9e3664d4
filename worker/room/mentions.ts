import type { RoomStore } from './room-store.ts';

/** How content names people: `<@userId>`, and everyone online or everyone of the group (protocol.md, Models). */
const MENTION = /<@([A-Za-z0-9_-]{1,64})>/g;

/** Whom a text names. */
export interface Mentions {
  /** Members named one by one, in order, each once. */
  mentions: string[];
  /** Whom `@here` meant when it was sent. */
  mentionedHere: string[];
}

/** Finds whom `content` names. Who is no member is not mentioned, only written about. */
export function mentionsIn(
  content: string,
  store: RoomStore,
  online: () => ReadonlySet<string>,
): Mentions {
  const named = [...new Set([...content.matchAll(MENTION)].flatMap(([, name]) => name ?? []))];
  const people = named.filter((name) => name !== 'here' && name !== 'all');
  const members = new Set(
    people.length > 0 ? store.members.currentAmong(people).map(({ userId }) => userId) : [],
  );
  return {
    mentions: people.filter((userId) => members.has(userId)),
    mentionedHere: named.includes('here') ? [...online()] : [],
  };
}
