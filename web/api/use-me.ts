import { useSignedIn } from '../session/use-signed-in.ts';
import { api } from './api.ts';
import { keys } from './keys.ts';
import { useAnswer } from './use-answer.ts';

/** My own profile, a `User`. */
export function useMe() {
  const session = useSignedIn();
  return useAnswer(keys.me(session.userId), (signal) => api.me(session, signal));
}
