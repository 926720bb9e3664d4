import { useQueryClient } from '@tanstack/react-query';
import type { Failure, Result } from '../../protocol/errors.ts';
import { GROUPS_READ_AT_ONCE } from '../../protocol/limits.ts';
import { GroupsRead, GroupsUnread, type ReadBefore } from '../../protocol/reading.ts';
import type { InboxEntry } from '../../protocol/rest.ts';
import { useSignedIn } from '../session/use-session.ts';
import { keys } from './keys.ts';
import { eachEntry } from './my-groups.ts';
import { replace } from './queries.ts';
import { request } from './request.ts';

const TO_READ = { method: 'POST', path: '/api/inbox/read', answer: GroupsRead } as const;
const TO_UNREAD = {
  method: 'POST',
  path: '/api/inbox/unread',
  isRepeatable: true,
  answer: GroupsUnread,
} as const;

/** What came of marking groups as read, or of undoing that. */
export interface Marked {
  /** What undoes it: one for each group in which something was unread. */
  before: readonly ReadBefore[];
  /** How many groups stay as they were. */
  failed: number;
  /** Why, if the server has said it. */
  failure: Failure | undefined;
}

/** Whether anything in this group is unread, also in one that is muted, or in a thread. */
export function isUnread({ unread, threads }: InboxEntry): boolean {
  return unread > 0 || threads.length > 0;
}

/** Marks groups as read with the threads in them that I follow, and undoes it. A request has a part of them. */
export function useReading() {
  const session = useSignedIn();
  const queries = useQueryClient();

  /** Shows the groups as their Rooms have them, unless something newer has arrived meanwhile. */
  const show = (entries: readonly InboxEntry[]) =>
    replace(
      queries,
      keys.myGroups(),
      eachEntry((known) => {
        const entry = entries.find(({ group }) => group.id === known.group.id);
        const isOlder = (entry?.group.lastSeq ?? 0) < known.group.lastSeq;
        return entry && !isOlder ? { ...known, ...entry } : known;
      }),
    );

  async function send<G, T extends GroupsUnread>(
    groups: readonly G[],
    post: (part: readonly G[]) => Promise<Result<T>>,
  ) {
    const parts: G[][] = [];
    for (let at = 0; at < groups.length; at += GROUPS_READ_AT_ONCE) {
      parts.push(groups.slice(at, at + GROUPS_READ_AT_ONCE));
    }
    const outcomes = await Promise.all(parts.map(post));
    const answers = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : []));
    await show(answers.flatMap(({ entries }) => entries));
    const lost = outcomes.map((outcome, at) =>
      outcome.ok ? outcome.value.failed.length : (parts[at]?.length ?? 0),
    );
    const [failure] = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.failure]));
    return { answers, failed: lost.reduce((sum, each) => sum + each, 0), failure };
  }

  return {
    /** Up to what the list knows of each group: what arrives in between stays unread. */
    async read(entries: readonly InboxEntry[]): Promise<Marked> {
      const groups = entries.map(({ group }) => ({ groupId: group.id, seq: group.lastSeq }));
      // Not repeated: a repeat would find everything read, and have nothing to undo.
      const { answers, failed, failure } = await send(groups, (part) =>
        request(session, { ...TO_READ, body: { groups: part } }),
      );
      return { before: answers.flatMap(({ before }) => before), failed, failure };
    },
    async undo(before: readonly ReadBefore[]): Promise<Marked> {
      const { failed, failure } = await send(before, (part) =>
        request(session, { ...TO_UNREAD, body: { groups: part } }),
      );
      return { before: [], failed, failure };
    },
  };
}
