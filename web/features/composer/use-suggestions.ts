import { useEffect, useState } from 'react';
import type { User } from '../../../protocol/models.ts';
import { useUsers } from '../../api/people.ts';
import type { CompletionQuery } from './completion-query.ts';
import type { EmojiName } from './emoji-names.ts';
import { findEmoji } from './emoji-names.ts';
import { rankPeople } from './rank-people.ts';
import type { WritingPeople } from './writing-people.ts';

/** The most suggestions that the list shows. */
const MOST = 8;

/** The suggestions for a query, the likeliest first. */
export function useSuggestions(
  { kind, text }: CompletionQuery,
  people: WritingPeople,
): readonly Suggestion[] {
  const emoji = useEmoji(kind === 'emoji' ? text : undefined);
  const found = useUsers(kind === 'person' ? text : '').data;
  if (kind === 'emoji') {
    return emoji.map((name) => ({ type: 'emoji', key: name[0], emoji: name }));
  }
  const members = new Map(people.others.map((user) => [user.id, user]));
  // A message can name people who are no members, though only members are notified. Without a letter they are not offered.
  const unknownUsers = text === '' ? [] : (found ?? []);
  const candidates = new Map([...unknownUsers.map((user) => [user.id, user] as const), ...members]);
  const ranked = rankPeople(text, candidates.values(), {
    isMember: (userId) => members.has(userId),
    recent: people.recent,
  });
  const persons = ranked.map((user): Suggestion => {
    return { type: 'person', key: user.id, user, isMember: members.has(user.id) };
  });
  const everyone = everyoneSuggestions(text);
  return [...persons.slice(0, MOST - everyone.length), ...everyone];
}

function useEmoji(typed: string | undefined): readonly EmojiName[] {
  const [found, setFound] = useState<readonly EmojiName[]>([]);
  useEffect(() => {
    if (typed === undefined) return;
    let isWanted = true;
    void findEmoji(typed).then((emoji) => isWanted && setFound(emoji));
    return () => {
      isWanted = false;
    };
  }, [typed]);
  return found;
}

/** One option of the list of completions. */
export type Suggestion =
  | { type: 'person'; key: string; user: User; isMember: boolean }
  | { type: 'everyone'; key: string; name: 'here' | 'all'; hint: string }
  | { type: 'emoji'; key: string; emoji: EmojiName };

/** The mentions of everyone, and of everyone who is online. */
const EVERYONE = [
  { type: 'everyone', key: 'here', name: 'here', hint: 'Everyone who is online' },
  { type: 'everyone', key: 'all', name: 'all', hint: 'Everyone in this group' },
] as const;

/** `@here` and `@all`, if `text` may mean them. */
export function everyoneSuggestions(typed: string): Suggestion[] {
  return EVERYONE.filter(({ name }) => name.startsWith(typed.toLowerCase()));
}
