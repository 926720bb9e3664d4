import { useSignedIn } from '../session/use-signed-in.ts';
import { api } from './api.ts';
import { keys } from './keys.ts';
import { useAnswer } from './use-answer.ts';
import { useLastKnown } from './use-last-known.ts';

/** People whom `query` finds, `User[]`; while the text changes, those of the last one. */
export function useUsers(query: string) {
  const session = useSignedIn();
  const answer = useAnswer(keys.users(session.userId, query), (signal) =>
    api.users(session, query, signal),
  );
  const { data, ...rest } = useLastKnown(answer);
  return { ...rest, data: data?.items };
}
