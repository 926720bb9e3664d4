import { useQueryClient } from '@tanstack/react-query';
import { InboxEntry } from '../../protocol/rest.ts';
import type { PreferenceChange } from '../../protocol/rest-requests.ts';
import { useSignedIn } from '../session/use-session.ts';
import { keys } from './keys.ts';
import { eachEntry, type MyGroups } from './my-groups.ts';
import { request } from './request.ts';
import { showEarly } from './show-early.ts';
import { useChange } from './use-change.ts';

/**
 * Changes what of a group notifies me; returns the `InboxEntry`. The change shows at once, and is taken back if the server
 * does not accept it.
 */
export function useChangePreferences(groupId: string) {
  const session = useSignedIn();
  const queries = useQueryClient();
  const shown = (change: PreferenceChange) =>
    eachEntry((entry) => (entry.group.id === groupId ? changed(entry, change) : entry));
  return useChange(async (body: PreferenceChange) => {
    const list = queries.getQueryData<MyGroups>(keys.myGroups());
    const before = list?.items.find(({ group }) => group.id === groupId);
    const answered = showEarly(queries, keys.myGroups(), shown(body));
    const outcome = await request(session, {
      method: 'PATCH',
      path: `/api/groups/${groupId}/preferences`,
      body,
      answer: InboxEntry,
    });
    await answered(outcome.ok || !before ? undefined : shown(earlier(before, body)));
    return outcome;
  });
}

/** What `change` took the place of. */
function earlier({ level, mutedUntil }: InboxEntry, change: PreferenceChange): PreferenceChange {
  return {
    ...(change.level !== undefined && { level }),
    ...(change.mutedUntil !== undefined && { mutedUntil: mutedUntil ?? null }),
  };
}

function changed(
  entry: InboxEntry,
  { level = entry.level, mutedUntil = entry.mutedUntil }: PreferenceChange,
): InboxEntry {
  return { ...entry, level, mutedUntil: mutedUntil ?? undefined };
}
