import { useQueryClient } from '@tanstack/react-query';
import { User } from '../../protocol/models.ts';
import type { ProfileChange } from '../../protocol/rest-requests.ts';
import { useSignedIn } from '../session/use-session.ts';
import { keys } from './keys.ts';
import { replace } from './queries.ts';
import { request } from './request.ts';
import { useChange } from './use-change.ts';

/** Changes the part of my profile that Edgewise stores (status, handle); returns the `User`. */
export function useChangeMe() {
  const session = useSignedIn();
  const queries = useQueryClient();
  return useChange(async (body: ProfileChange) => {
    const path = '/api/users/me';
    const outcome = await request(session, { method: 'PATCH', path, body, answer: User });
    if (outcome.ok) await replace<User>(queries, keys.me(), () => outcome.value);
    return outcome;
  });
}
