import { use } from 'react';
import { filesInWords } from '../../../../protocol/files-in-words.ts';
import type { User } from '../../../../protocol/models.ts';
import type { TimelineRow } from '../../../realtime/group-view.ts';
import { whyUnsent } from '../message/why-unsent.ts';
import { PeopleContext } from '../people-context.ts';
import { readable } from '../readable.ts';
import type { Arrival } from './use-arrivals.ts';

/** More messages at once (after a time offline) are counted and not read out. */
const MOST = 3;
const CHARACTERS = 200;

/** The new messages of others, as a screen reader reads them out. */
export function SpokenArrivals({ arrivals }: { arrivals: readonly Arrival[] }) {
  const { userOf } = use(PeopleContext);
  return <p key={arrivals.at(-1)?.message.id}>{announcement(arrivals, userOf)}</p>;
}

/** Why my messages were not sent. */
export function SpokenFailures({ rows }: { rows: readonly TimelineRow[] }) {
  return rows.map((row) => {
    const why = whyUnsent(row);
    return why === undefined ? null : <p key={`${row.key} ${why}`}>{why}</p>;
  });
}

/** The announcement of new messages for a screen reader: "name: text", or their number. */
export function announcement(
  arrivals: readonly Arrival[],
  userOf: (userId: string) => User | undefined,
): string {
  if (arrivals.length > MOST) return `${arrivals.length} new messages`;
  return arrivals
    .map(({ message, author }) => {
      const { text } = readable(message.content, userOf);
      const said = [shortened(text), filesInWords(message.attachments)].filter((it) => it !== '');
      return `${author?.name ?? 'Someone'}: ${said.join(', ')}`;
    })
    .join('. ');
}

function shortened(text: string): string {
  return text.length > CHARACTERS ? `${text.slice(0, CHARACTERS)}…` : text;
}
