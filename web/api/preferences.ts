import { useQueryClient } from '@tanstack/react-query';
import { InboxEntry } from '../../protocol/rest.ts';
import type { PreferenceChange } from '../../protocol/rest-requests.ts';
import { useSignedIn } from '../session/use-session.ts';
import { keys } from './keys.ts';
import { replace } from './queries.ts';
import { request } from './request.ts';
import { useChange } from './use-change.ts';

type Groups = { items: readonly InboxEntry[] };

/**
 * Changes what of a group notifies me; returns the `InboxEntry`. The change shows at once, and is taken back if the server
 * does not accept it.
 */
export function useChangePreferences(groupId: string) {
  const session = useSignedIn();
  const queries = useQueryClient();
  const show = (change: PreferenceChange) =>
    replace<Groups>(queries, keys.myGroups(), (list) => {
      const items = list?.items.map((entry) =>
        entry.group.id === groupId ? changed(entry, change) : entry,
      );
      return items && { items };
    });
  return useChange(async (body: PreferenceChange) => {
    const list = queries.getQueryData<Groups>(keys.myGroups());
    const before = list?.items.find(({ group }) => group.id === groupId);
    void show(body);
    const outcome = await request(session, {
      method: 'PATCH',
      path: `/api/groups/${groupId}/preferences`,
      body,
      answer: InboxEntry,
    });
    if (!outcome.ok && before) {
      void show({ level: before.level, mutedUntil: before.mutedUntil ?? null });
    }
    return outcome;
  });
}

function changed(
  entry: InboxEntry,
  { level = entry.level, mutedUntil = entry.mutedUntil }: PreferenceChange,
): InboxEntry {
  return { ...entry, level, mutedUntil: mutedUntil ?? undefined };
}
