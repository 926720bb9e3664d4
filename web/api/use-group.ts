import { useSignedIn } from '../session/use-signed-in.ts';
import { api } from './api.ts';
import { keys } from './keys.ts';
import { useAnswer } from './use-answer.ts';

/** One group, for its members and, if it is public, for everybody. Fails with `not_found` otherwise. */
export function useGroup(groupId: string) {
  const session = useSignedIn();
  return useAnswer(keys.group(session.userId, groupId), (signal) =>
    api.group(session, groupId, signal),
  );
}
