import { useQueryClient } from '@tanstack/react-query';
import { User } from '../../protocol/models.ts';
import type { ProfileChange } from '../../protocol/rest-requests.ts';
import { useSignedIn } from '../session/use-session.ts';
import { keys } from './keys.ts';
import { replace } from './queries.ts';
import { request } from './request.ts';
import { useChange } from './use-change.ts';
import { withAnswer } from './with-answer.ts';

/** Changes the part of my profile that Edgewise stores (status, handle); returns the `User`. */
export function useChangeMe() {
  const session = useSignedIn();
  const queries = useQueryClient();
  return useChange(async (change: ProfileChange) => {
    const path = '/api/users/me';
    const outcome = await request(session, { method: 'PATCH', path, body: change, answer: User });
    if (outcome.ok) {
      await replace<User>(queries, keys.me(), (before) =>
        withAnswer(User, { before, change, answer: outcome.value }),
      );
    }
    return outcome;
  });
}
