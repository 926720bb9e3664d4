import { useSignedIn } from '../session/use-signed-in.ts';
import { api } from './api.ts';
import { keys } from './keys.ts';
import { useAnswer } from './use-answer.ts';

/** What is pinned in a group, the latest pin first, as a `PinList`: the messages, and the people whom they name. */
export function usePins(groupId: string) {
  const session = useSignedIn();
  return useAnswer(keys.pins(session.userId, groupId), (signal) =>
    api.pins(session, groupId, signal),
  );
}
