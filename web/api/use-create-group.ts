import { useRef } from 'react';
import { v7 as uuidv7 } from 'uuid';
import type { NewGroup } from '../../protocol/rest-requests.ts';
import { useSignedIn } from '../session/use-signed-in.ts';
import { answers } from './answers.ts';
import { api } from './api.ts';
import { keys } from './keys.ts';
import { useChange } from './use-change.ts';

/** Makes a group; gives the `Group`. The same form sent again after a lost answer makes no second one. */
export function useCreateGroup() {
  const session = useSignedIn();
  const attempt = useRef<{ body: string; key: string }>(undefined);
  return useChange(async (group: NewGroup) => {
    const body = JSON.stringify(group);
    if (attempt.current?.body !== body) attempt.current = { body, key: uuidv7() };
    const outcome = await api.createGroup(session, group, attempt.current.key);
    if (!outcome.ok) return outcome;
    attempt.current = undefined;
    answers.update(keys.group(session.userId, outcome.value.id), () => outcome.value);
    await answers.renew(keys.groups(session.userId));
    return outcome;
  });
}
