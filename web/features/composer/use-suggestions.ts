import { useEffect, useState } from 'react';
import type { User } from '../../../protocol/models.ts';
import { nameKey } from '../../../protocol/name-key.ts';
import { useMembers } from '../../api/members.ts';
import { useUsers } from '../../api/users.ts';
import { loadEmojiWords } from '../conversation/reactions/emoji-words.ts';
import { type RankedEmoji, rankEmoji } from '../conversation/reactions/rank-emoji.ts';
import type { CompletionQuery } from './completion-query.ts';
import { rankPeople } from './rank-people.ts';
import { namesSomeone, type WritingPeople } from './writing-people.ts';

/** The most suggestions that the list shows. */
const MOST = 8;

/** The suggestions for a query, and whether more may come. */
export interface Suggestions {
  suggestions: readonly Suggestion[];
  /** What may be meant is still being fetched: until then these are of the text before, or none. */
  isOpening: boolean;
}

/** The suggestions for a query, the likeliest first. */
export function useSuggestions(
  { kind, text }: CompletionQuery,
  people: WritingPeople,
): Suggestions {
  const emoji = useEmoji(kind === 'emoji' ? text : undefined);
  const person = kind === 'person' ? text : '';
  const found = useUsers(person);
  const members = useKnownMembers(person, people);
  if (kind === 'emoji') return emoji;
  // A message can name people who are no members, though only members are notified. Without a letter they are not offered.
  const unknownUsers = text === '' ? [] : (found.data ?? []);
  const candidates = new Map(
    [...unknownUsers, ...members.users].map((user) => [user.id, user] as const),
  );
  candidates.delete(people.me);
  const ranked = rankPeople(text, candidates.values(), {
    isMember: (user) => members.has(user) === true,
    recent: people.recent,
  });
  const persons = ranked.map((user): Suggestion => {
    return { type: 'person', key: user.id, user, isMember: members.has(user) };
  });
  const everyone = everyoneSuggestions(text);
  const suggestions = [...persons.slice(0, MOST - everyone.length), ...everyone];
  const isFetching = found.isFetching || members.isFetching;
  const isOpening = suggestions.length === 0 && isFetching && !namesSomeone(text, people);
  return { suggestions, isOpening };
}

/** The members of a group that a writer's page knows. */
interface KnownMembers {
  users: readonly User[];
  /** Whether this user is a member; undefined if the page does not know. */
  has(user: User): boolean | undefined;
  isFetching: boolean;
}

/** In a large group the page only knows some: those whose name begins with the text are asked for. */
function useKnownMembers(text: string, { largeGroupId, others }: WritingPeople): KnownMembers {
  const isAsked = largeGroupId !== undefined && text !== '';
  const asked = useMembers(largeGroupId ?? '', text, { enabled: isAsked });
  const listed = isAsked ? (asked.data ?? []).map(({ user }) => user) : [];
  const isComplete = asked.data !== undefined && !asked.hasMore && !asked.isFetching;
  const users = [...listed, ...others];
  const ids = new Set(users.map(({ id }) => id));
  return {
    users,
    has({ id, name }) {
      if (ids.has(id)) return true;
      const isListed = isComplete && nameKey(name).startsWith(nameKey(text));
      return largeGroupId === undefined || isListed ? false : undefined;
    },
    isFetching: isAsked && asked.isFetching,
  };
}

function useEmoji(typed: string | undefined): Suggestions {
  const [found, setFound] = useState<{ typed: string; emoji: readonly RankedEmoji[] }>();
  useEffect(() => {
    if (typed === undefined) return;
    let isWanted = true;
    void loadEmojiWords().then((words) => {
      if (isWanted) setFound({ typed, emoji: rankEmoji(typed, words).slice(0, MOST) });
    });
    return () => {
      isWanted = false;
    };
  }, [typed]);
  const suggestions = found?.emoji.map(({ words: { emoji }, name }): Suggestion => {
    return { type: 'emoji', key: emoji, emoji, name };
  });
  return { suggestions: suggestions ?? [], isOpening: found?.typed !== typed };
}

/** One option of the list of completions. */
export type Suggestion =
  | { type: 'person'; key: string; user: User; isMember: boolean | undefined }
  | { type: 'everyone'; key: string; name: 'here' | 'all'; hint: string }
  | { type: 'emoji'; key: string; emoji: string; name: string };

/** The mentions of everyone, and of everyone who is online. */
const EVERYONE = [
  { type: 'everyone', key: 'here', name: 'here', hint: 'Everyone who is online' },
  { type: 'everyone', key: 'all', name: 'all', hint: 'Everyone in this group' },
] as const;

/** `@here` and `@all`, if `text` may mean them. */
function everyoneSuggestions(typed: string): Suggestion[] {
  return EVERYONE.filter(({ name }) => name.startsWith(typed.toLowerCase()));
}
