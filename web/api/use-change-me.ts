import type { ProfileChange } from '../../protocol/rest-requests.ts';
import { useSignedIn } from '../session/use-signed-in.ts';
import { answers } from './answers.ts';
import { api } from './api.ts';
import { keys } from './keys.ts';
import { useChange } from './use-change.ts';

/** Changes what of my profile is kept here (status, handle); gives the `User`. */
export function useChangeMe() {
  const session = useSignedIn();
  return useChange(async (change: ProfileChange) => {
    const outcome = await api.changeMe(session, change);
    if (outcome.ok) answers.update(keys.me(session.userId), () => outcome.value);
    return outcome;
  });
}
