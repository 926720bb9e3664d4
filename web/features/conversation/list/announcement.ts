import type { User } from '../../../../protocol/models.ts';
import { readable } from '../mention-text.ts';
import type { Arrival } from './use-arrivals.ts';

/** More than this at once (after a time offline) are counted and not read. */
const MOST = 3;
const CHARACTERS = 200;

/** What a screen reader says of messages that came: "name: text", or how many. */
export function announcement(
  arrivals: readonly Arrival[],
  userOf: (userId: string) => User | undefined,
): string {
  if (arrivals.length > MOST) return `${arrivals.length} new messages`;
  return arrivals
    .map(({ message, author }) => {
      const { text } = readable(message.content, userOf);
      return `${author?.name ?? 'Someone'}: ${shortened(text)}`;
    })
    .join('. ');
}

function shortened(text: string): string {
  return text.length > CHARACTERS ? `${text.slice(0, CHARACTERS)}…` : text;
}
