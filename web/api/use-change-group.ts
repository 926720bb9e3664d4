import type { GroupChange } from '../../protocol/rest-requests.ts';
import { useSignedIn } from '../session/use-signed-in.ts';
import { answers } from './answers.ts';
import { api } from './api.ts';
import { keys } from './keys.ts';
import { useChange } from './use-change.ts';

/** Changes a group's name, topic or visibility; gives the `Group`. */
export function useChangeGroup(groupId: string) {
  const session = useSignedIn();
  return useChange(async (change: GroupChange) => {
    const outcome = await api.changeGroup(session, groupId, change);
    if (!outcome.ok) return outcome;
    answers.update(keys.group(session.userId, groupId), () => outcome.value);
    await answers.renew(keys.groups(session.userId));
    return outcome;
  });
}
