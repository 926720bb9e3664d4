import type { PresenceState, User } from '../../../protocol/models.ts';
import type { GroupView } from '../../realtime/group-view.ts';

/** Whom somebody who writes in a group may name, as far as they are known here. */
export interface WritingPeople {
  /** Members without me. */
  others: readonly User[];
  /** Who spoke lately, the latest first, each once. */
  recent: readonly string[];
  /** How many people `@all` and `@here` reach, me not counted. */
  reach: { all: number; here: number };
}

const HERE: readonly (PresenceState | undefined)[] = ['online', 'away', 'dnd'];

/** The people of a group for somebody who writes in it now. */
export function writingPeople(
  { rows, members, group, presence }: GroupView,
  me: string,
): WritingPeople {
  const others = [...members.values()].map(({ user }) => user).filter(({ id }) => id !== me);
  const speakers = rows
    .toReversed()
    .flatMap((row) => (row.state === 'sent' ? row.message.userId : []));
  return {
    others,
    recent: [...new Set(speakers)].filter((userId) => userId !== me),
    reach: {
      all: Math.max(0, (group?.memberCount ?? 1) - 1),
      here: others.filter(({ id }) => HERE.includes(presence.get(id))).length,
    },
  };
}
