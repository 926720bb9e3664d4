import { useEffect, useState } from 'react';
import type { User } from '../../../protocol/models.ts';
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
  const found = useUsers(kind === 'person' ? text : '');
  if (kind === 'emoji') return emoji;
  const members = new Map(people.others.map((user) => [user.id, user]));
  // A message can name people who are no members, though only members are notified. Without a letter they are not offered.
  const unknownUsers = text === '' ? [] : (found.data ?? []);
  const candidates = new Map([...unknownUsers.map((user) => [user.id, user] as const), ...members]);
  const ranked = rankPeople(text, candidates.values(), {
    isMember: (userId) => members.has(userId),
    recent: people.recent,
  });
  const persons = ranked.map((user): Suggestion => {
    return { type: 'person', key: user.id, user, isMember: members.has(user.id) };
  });
  const everyone = everyoneSuggestions(text);
  const suggestions = [...persons.slice(0, MOST - everyone.length), ...everyone];
  const isOpening = suggestions.length === 0 && found.isFetching && !namesSomeone(text, people);
  return { suggestions, isOpening };
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
  | { type: 'person'; key: string; user: User; isMember: boolean }
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
