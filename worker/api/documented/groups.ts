import * as z from 'zod/mini';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { GroupId } from '../../../protocol/ids.ts';
import { EventList, PolledFrames, PollQuery } from '../../../protocol/long-poll.ts';
import { Group } from '../../../protocol/models.ts';
import { GroupList, InboxEntryList, MemberList, PinList } from '../../../protocol/rest.ts';
import {
  GroupChange,
  IdempotencyKey,
  NewGroup,
  PublicGroupQuery,
} from '../../../protocol/rest-requests.ts';
import { operation } from './operation.ts';

const path = z.object({ id: GroupId });

/** The group routes, as `/api/openapi.json` shows them. */
export const groupPaths: ZodOpenApiPathsObject = {
  '/api/groups': {
    get: operation({
      tag: 'Groups',
      summary: 'My groups, newest activity first',
      answers: { 200: InboxEntryList },
    }),
    post: operation({
      tag: 'Groups',
      summary: 'Make a group',
      description: 'A repeat under the same `Idempotency-Key` answers with the same group.',
      params: { header: z.object({ 'Idempotency-Key': z.optional(IdempotencyKey) }) },
      body: NewGroup,
      answers: { 201: Group },
      failures: ['invalid', 'too_large', 'conflict', 'forbidden'],
    }),
  },
  '/api/groups/public': {
    get: operation({
      tag: 'Groups',
      summary: 'Public groups that I am not in, by name',
      params: { query: PublicGroupQuery },
      answers: { 200: GroupList },
      failures: ['invalid'],
    }),
  },
  '/api/groups/{id}': {
    get: operation({
      tag: 'Groups',
      summary: 'One group',
      params: { path },
      answers: { 200: Group },
      failures: ['not_found'],
    }),
    patch: operation({
      tag: 'Groups',
      summary: 'Change name, topic or visibility, or archive',
      params: { path },
      body: GroupChange,
      answers: { 200: Group },
      failures: ['invalid', 'too_large', 'not_found', 'forbidden'],
    }),
  },
  '/api/groups/{id}/join': {
    post: operation({
      tag: 'Groups',
      summary: 'Join a public group',
      params: { path },
      answers: { 200: Group },
      failures: ['not_found', 'forbidden', 'conflict', 'archived'],
    }),
  },
  '/api/groups/{id}/leave': {
    post: operation({
      tag: 'Groups',
      summary: 'Leave a group',
      description: 'Not for its last owner.',
      params: { path },
      answers: { 204: 'Left' },
      failures: ['not_found', 'conflict'],
    }),
  },
  '/api/groups/{id}/members': {
    get: operation({
      tag: 'Groups',
      summary: 'Who is in it, in the order they joined',
      params: { path },
      answers: { 200: MemberList },
      failures: ['not_found', 'forbidden'],
    }),
  },
  '/api/groups/{id}/pins': {
    get: operation({
      tag: 'Groups',
      summary: 'Its pinned messages, the latest pin first',
      params: { path },
      answers: { 200: PinList },
      failures: ['not_found', 'forbidden'],
    }),
  },
  '/api/groups/{id}/changes': {
    get: operation({
      tag: 'Groups',
      summary: "What the group's socket would say, where WebSockets are blocked",
      description:
        'A `thread_state` since the given place, at once if anything durable changed and held for up to `wait` seconds ' +
        'otherwise; behind it what this client missed of the moment. Without `since` the newest page, at once.',
      params: { path, query: PollQuery },
      answers: { 200: EventList, 204: 'Nothing changed meanwhile' },
      failures: ['invalid', 'not_found', 'forbidden'],
    }),
  },
  '/api/groups/{id}/frames': {
    post: operation({
      tag: 'Groups',
      summary: "What a client would say on the group's socket, where WebSockets are blocked",
      description: 'Answers with the events that settle the frames: what they changed, and errors.',
      params: { path },
      body: PolledFrames,
      answers: { 200: EventList },
      failures: ['invalid', 'too_large', 'not_found', 'forbidden'],
    }),
  },
};
