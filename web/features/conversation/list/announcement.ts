import type { User } from '../../../../protocol/models.ts';
import { readable } from '../mention-text.ts';
import type { Arrival } from './use-arrivals.ts';

/** More messages at once (after a time offline) are counted and not read out. */
const MOST = 3;
const CHARACTERS = 200;

/** The announcement of new messages for a screen reader: "name: text", or their number. */
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
