import * as z from 'zod/mini';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { GroupId } from '../../../protocol/ids.ts';
import { InvitePreview } from '../../../protocol/invite-preview.ts';
import { Invite, InviteCode, InviteList } from '../../../protocol/invites.ts';
import { Group } from '../../../protocol/models.ts';
import { IdempotencyKey, NewInvite } from '../../../protocol/rest-requests.ts';
import { operation } from './operation.ts';

const groupPath = z.object({ id: GroupId });
const path = z.object({ code: InviteCode });

/** The routes of invitations in `/api/openapi.json`. */
export const invitePaths: ZodOpenApiPathsObject = {
  '/api/groups/{id}/invites': {
    get: operation({
      tag: 'Groups',
      summary: 'List the invitations of a group that work, latest first',
      params: { path: groupPath },
      answers: { 200: InviteList },
      failures: ['not_found', 'forbidden'],
    }),
    post: operation({
      tag: 'Groups',
      summary: 'Make an invitation to a group',
      description:
        'Everyone who has its code can join, until it expires, is used up or is revoked, and while the person who made it may invite. A repeat with the same `Idempotency-Key` returns the same invitation.',
      params: {
        path: groupPath,
        header: z.object({ 'Idempotency-Key': z.optional(IdempotencyKey) }),
      },
      body: NewInvite,
      answers: { 201: Invite },
      failures: ['invalid', 'too_large', 'not_found', 'forbidden', 'conflict', 'archived'],
    }),
  },
  '/api/invites/{code}': {
    get: operation({
      tag: 'Groups',
      summary: 'Show what an invitation leads to',
      description:
        'Wrong, expired, revoked and used-up codes have the same answer. The requests of one address about codes are limited.',
      public: true,
      params: { path },
      answers: { 200: InvitePreview },
      failures: ['not_found', 'archived', 'rate_limited'],
    }),
    post: operation({
      tag: 'Groups',
      summary: 'Join the group of an invitation',
      description:
        'A member uses nothing up. Someone who has left a private group since the invitation was made needs a newer one.',
      params: { path },
      answers: { 200: Group },
      failures: ['not_found', 'forbidden', 'conflict', 'archived'],
    }),
    delete: operation({
      tag: 'Groups',
      summary: 'Revoke an invitation',
      description: 'Who has joined by it stays in the group.',
      params: { path },
      answers: { 204: 'Revoked' },
      failures: ['not_found', 'forbidden'],
    }),
  },
};
