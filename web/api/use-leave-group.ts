import { useSignedIn } from '../session/use-signed-in.ts';
import { answers } from './answers.ts';
import { api } from './api.ts';
import { keys } from './keys.ts';
import { useChange } from './use-change.ts';

/** Leaves a group, named by its id. Fails with `conflict` for its last owner. */
export function useLeaveGroup() {
  const session = useSignedIn();
  return useChange(async (groupId: string) => {
    const outcome = await api.leaveGroup(session, groupId);
    if (!outcome.ok) return outcome;
    answers.drop(keys.group(session.userId, groupId));
    await answers.renew(keys.groups(session.userId));
    return outcome;
  });
}
