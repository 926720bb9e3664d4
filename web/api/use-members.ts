import { useSignedIn } from '../session/use-signed-in.ts';
import { api } from './api.ts';
import { keys } from './keys.ts';
import { useAnswer } from './use-answer.ts';

/** The current members of a group that I am in, `Member[]`, in the order they joined; asked for while `enabled`. */
export function useMembers(groupId: string, { enabled = true } = {}) {
  const session = useSignedIn();
  const { data, ...rest } = useAnswer(
    keys.members(session.userId, groupId),
    (signal) => api.members(session, groupId, signal),
    { enabled },
  );
  return { ...rest, data: data?.items };
}
