import { useQuery } from '@tanstack/react-query';
import { useSignedIn } from '../session/use-session.ts';
import { keys } from './keys.ts';
import { fetchMessage } from './messages.ts';
import { orThrow, shown } from './queries.ts';

/** One message of a group, a `Message`; fetched while `enabled`. Loads with what shows it, and not with the page. */
export function useMessage(groupId: string, id: string, { enabled = true } = {}) {
  const session = useSignedIn();
  const query = useQuery({
    queryKey: keys.message(groupId, id),
    queryFn: () => orThrow(fetchMessage(session, groupId, id)),
    enabled,
  });
  return shown(query);
}
