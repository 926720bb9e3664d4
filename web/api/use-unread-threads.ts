import { useSignedIn } from '../session/use-signed-in.ts';
import { api } from './api.ts';
import { keys } from './keys.ts';
import { useAnswer } from './use-answer.ts';

/** How many threads of a group that I follow have unread replies, as far as the first page of them tells: those come first. */
export function useUnreadThreads(groupId: string) {
  const session = useSignedIn();
  const { data, ...rest } = useAnswer(keys.unreadThreads(session.userId, groupId), (signal) =>
    api.threads(session, groupId, undefined, signal),
  );
  return { ...rest, data: data?.items.filter(({ unread }) => unread > 0).length };
}
