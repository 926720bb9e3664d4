import { endsWord } from '../../../protocol/markdown/characters.ts';
import { EVERYONE, mentionOf } from '../../../protocol/mentions.ts';
import type { User } from '../../../protocol/models.ts';
import type { GroupView } from '../../realtime/group-view.ts';

/** The people whom a writer can mention in a group, as far as the page knows them. */
export interface WritingPeople {
  /** My user id. */
  me: string;
  /** The id of a large group: the page does not know all of its members. */
  largeGroupId: string | undefined;
  /** Members without me. */
  others: readonly User[];
  /** User ids of the last authors, the latest first, each once. */
  recent: readonly string[];
  /** How many people `@all` and `@here` reach, me not counted. */
  reach: { all: number; here: number };
}

/** The composer asks before a message notifies more people than this at once. */
const ASK_BEYOND = 10;

/** The people of a group for `me`, who writes in it now. */
export function writingPeople(
  { rows, members, group, presence, presentCount }: GroupView,
  me: string,
): WritingPeople {
  const others = [...members.values()].map(({ user }) => user).filter(({ id }) => id !== me);
  const speakers = rows
    .toReversed()
    .flatMap((row) => (row.state === 'sent' ? row.message.userId : []));
  return {
    me,
    largeGroupId: presentCount === undefined ? undefined : group?.id,
    others,
    recent: [...new Set(speakers)].filter((userId) => userId !== me),
    reach: {
      all: Math.max(0, (group?.memberCount ?? 1) - 1),
      here: Math.max(0, (presentCount ?? presence.size) - 1),
    },
  };
}

/** How many people `@all` or `@here` in a message reaches, if that is enough to ask first. */
export function reachToAsk(content: string, { reach }: WritingPeople): number | undefined {
  const people = Math.max(
    content.includes(mentionOf('all')) ? reach.all : 0,
    content.includes(mentionOf('here')) ? reach.here : 0,
  );
  return people > ASK_BEYOND ? people : undefined;
}

/** Whether a text after an `@` begins with a whole name: "Grace, look" is no name that is still being typed. */
export function namesSomeone(text: string, { others }: WritingPeople): boolean {
  const names = others.flatMap(({ name, handle }) => [name, handle]);
  return [...EVERYONE, ...names].some(
    (name) => text.startsWith(name) && endsWord(text.charAt(name.length)),
  );
}
