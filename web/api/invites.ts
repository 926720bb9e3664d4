import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { v7 as uuidv7 } from 'uuid';
import * as z from 'zod/mini';
import { Invite, InviteList } from '../../protocol/invites.ts';
import { Group } from '../../protocol/models.ts';
import type { NewInvite } from '../../protocol/rest-requests.ts';
import { useSignedIn } from '../session/use-session.ts';
import { useShowGroup } from './groups.ts';
import { keys } from './keys.ts';
import { orThrow, renew, shown } from './queries.ts';
import { request } from './request.ts';
import { useChange } from './use-change.ts';

/** The invitations of a group that work, `InviteList`, for those who may invite. */
export function useInvites(groupId: string) {
  const session = useSignedIn();
  const query = useQuery({
    queryKey: keys.invites(groupId),
    queryFn: ({ signal }) =>
      orThrow(
        request(session, { path: `/api/groups/${groupId}/invites`, answer: InviteList, signal }),
      ),
  });
  return shown(query);
}

/** Makes an invitation; returns the `Invite`. The same form, sent again after a lost answer, makes no second one. */
export function useCreateInvite(groupId: string) {
  const session = useSignedIn();
  const queries = useQueryClient();
  const key = useRef<string>(undefined);
  return useChange(async (body: NewInvite) => {
    key.current ??= uuidv7();
    const outcome = await request(session, {
      method: 'POST',
      path: `/api/groups/${groupId}/invites`,
      body,
      idempotencyKey: key.current,
      answer: Invite,
    });
    // Only without an answer may the server have made it.
    if (outcome.ok || outcome.failure.code !== 'unavailable') key.current = undefined;
    await renew(queries, keys.invites(groupId));
    return outcome;
  });
}

/** Revokes an invitation by its code. Revoking twice is revoking once. */
export function useRevokeInvite(groupId: string) {
  const session = useSignedIn();
  const queries = useQueryClient();
  return useChange(async (code: string) => {
    const path = `/api/invites/${code}`;
    const outcome = await request(session, { method: 'DELETE', path, answer: z.null() });
    await renew(queries, keys.invites(groupId));
    return outcome;
  });
}

/** Joins the group of a code; returns the `Group`. Joining twice is joining once. */
export function useAcceptInvite() {
  const session = useSignedIn();
  const showGroup = useShowGroup();
  return useChange(async (code: string) => {
    const outcome = await request(session, {
      method: 'POST',
      path: `/api/invites/${encodeURIComponent(code)}`,
      isRepeatable: true,
      answer: Group,
    });
    if (outcome.ok) await showGroup(outcome.value);
    return outcome;
  });
}
