import { useSignedIn } from '../session/use-signed-in.ts';
import { answers } from './answers.ts';
import { api } from './api.ts';
import { keys } from './keys.ts';
import { useAnswer } from './use-answer.ts';

/** A group that somebody else put me in shows within this, while the page is looked at. */
const ASK_EVERY_MS = 60_000;

/** The groups I am in, `InboxEntry[]`; `askAgain` does. */
export function useMyGroups() {
  const session = useSignedIn();
  const key = keys.myGroups(session.userId);
  const { data, ...rest } = useAnswer(key, (signal) => api.myGroups(session, signal), {
    everyMs: ASK_EVERY_MS,
  });
  return { ...rest, data: data?.items, askAgain: () => answers.renew(key) };
}
