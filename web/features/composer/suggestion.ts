import type { User } from '../../../protocol/models.ts';
import type { EmojiName } from './emoji-names.ts';

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
