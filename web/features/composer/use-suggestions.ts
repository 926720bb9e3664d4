import { useEffect, useState } from 'react';
import type { User } from '../../../protocol/models.ts';
import { useUsers } from '../../api/people.ts';
import type { CompletionQuery } from './completion-query.ts';
import type { EmojiName } from './emoji-names.ts';
import { findEmoji } from './emoji-names.ts';
import { rankPeople } from './rank-people.ts';
import type { WritingPeople } from './writing-people.ts';

/** As many lines as one takes in at a glance. */
const MOST = 8;

/** What may be meant by what is being typed, the likeliest first. */
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
  // Others can be written about, though only members are told of it; without a letter nobody means all of them.
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

/** One line of the list that completes what somebody types. */
export type Suggestion =
  | { type: 'person'; key: string; user: User; isMember: boolean }
  | { type: 'everyone'; key: string; name: 'here' | 'all'; hint: string }
  | { type: 'emoji'; key: string; emoji: EmojiName };

/** Everyone, and everyone who is online. */
const EVERYONE = [
  { type: 'everyone', key: 'here', name: 'here', hint: 'Everyone who is online' },
  { type: 'everyone', key: 'all', name: 'all', hint: 'Everyone in this group' },
] as const;

/** `@here` and `@all`, where what was typed may mean them. */
export function everyoneSuggestions(typed: string): Suggestion[] {
  return EVERYONE.filter(({ name }) => name.startsWith(typed.toLowerCase()));
}
