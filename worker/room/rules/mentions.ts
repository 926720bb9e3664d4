import { EVERYONE, mentionedIn } from '../../../protocol/mentions.ts';
import type { Message } from '../../../protocol/models.ts';
import type { Mentions } from '../rows/message-rows.ts';
import type { RoomStore } from '../rows/room-store.ts';

/**
 * Finds the members whom `content` mentions; other ids in it are ignored. `@here` means the members who are online when it
 * is first written: an edit that keeps it still means those of the message `before`.
 */
export function mentionsIn(
  content: string,
  store: RoomStore,
  online: () => Iterable<string>,
  before?: { content: string; seq: number },
): Mentions {
  const named = mentionedIn(content);
  const people = [...named].filter((name) => !EVERYONE.has(name));
  const members = new Set(membersAmong(people, store));
  return {
    mentions: people.filter((userId) => members.has(userId)),
    mentionedHere: named.has('here') ? onlineMembers(store, online, before) : [],
    mentionsAll: named.has('all'),
  };
}

/** The members whom an edit mentions and the message `before` did not, by name, `@here` or `@all`. */
export function newlyMentioned(
  store: RoomStore,
  before: Pick<Message, 'content' | 'seq' | 'mentions'>,
  { mentions, mentionedHere, mentionsAll }: Mentions,
): string[] {
  if (mentionedIn(before.content).has('all')) return [];
  const known = new Set([...(before.mentions ?? []), ...store.messages.mentionedHere(before.seq)]);
  const named = mentionsAll
    ? store.members.current().map(({ userId }) => userId)
    : [...mentions, ...mentionedHere];
  return [...new Set(named)].filter((userId) => !known.has(userId));
}

function onlineMembers(
  store: RoomStore,
  online: () => Iterable<string>,
  before: { content: string; seq: number } | undefined,
): string[] {
  if (before && mentionedIn(before.content).has('here'))
    return store.messages.mentionedHere(before.seq);
  return membersAmong([...online()], store);
}

function membersAmong(userIds: string[], store: RoomStore): string[] {
  if (userIds.length === 0) return [];
  return store.members.currentAmong(userIds).map(({ userId }) => userId);
}
