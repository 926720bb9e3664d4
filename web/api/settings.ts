import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type SettingsChange, UserSettings } from '../../protocol/settings.ts';
import { useSignedIn } from '../session/use-session.ts';
import { keys } from './keys.ts';
import { orThrow, replace, shown } from './queries.ts';
import { request } from './request.ts';
import { useChange } from './use-change.ts';
import { withAnswer } from './with-answer.ts';

const PATH = '/api/users/me/settings';

/** What I have set for all of my devices, `UserSettings`. */
export function useSettings() {
  const session = useSignedIn();
  const query = useQuery({
    queryKey: keys.settings(),
    queryFn: ({ signal }) =>
      orThrow(request(session, { path: PATH, answer: UserSettings, signal })),
  });
  return shown(query);
}

/** Changes what I have set for all of my devices; returns the `UserSettings`. */
export function useChangeSettings() {
  const session = useSignedIn();
  const queries = useQueryClient();
  return useChange(async (change: SettingsChange) => {
    const outcome = await request(session, {
      method: 'PATCH',
      path: PATH,
      body: change,
      answer: UserSettings,
    });
    if (outcome.ok) {
      await replace<UserSettings>(queries, keys.settings(), (before) =>
        withAnswer(UserSettings, { before, change, answer: outcome.value }),
      );
    }
    return outcome;
  }, PATH);
}
