import { useSignedIn } from '../session/use-signed-in.ts';
import { answers } from './answers.ts';
import { api } from './api.ts';
import { keys } from './keys.ts';
import { useChange } from './use-change.ts';

/** Joins a public group, named by its id; gives the `Group`. */
export function useJoinGroup() {
  const session = useSignedIn();
  return useChange(async (groupId: string) => {
    const outcome = await api.joinGroup(session, groupId);
    if (!outcome.ok) return outcome;
    answers.update(keys.group(session.userId, groupId), () => outcome.value);
    await answers.renew(keys.groups(session.userId));
    return outcome;
  });
}
