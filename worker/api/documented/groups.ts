import * as z from 'zod/mini';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { FavouriteList, FavouritePlace } from '../../../protocol/favourites.ts';
import { GroupId, UserId } from '../../../protocol/ids.ts';
import { EventList, PolledFrames, PollQuery } from '../../../protocol/long-poll.ts';
import { Group, Member } from '../../../protocol/models.ts';
import {
  GroupList,
  InboxEntry,
  InboxEntryList,
  MemberList,
  PinList,
} from '../../../protocol/rest.ts';
import {
  GroupChange,
  IdempotencyKey,
  MemberListQuery,
  NewGroup,
  NewMembers,
  PreferenceChange,
  PublicGroupQuery,
  RoleChange,
} from '../../../protocol/rest-requests.ts';
import { operation } from './operation.ts';

const path = z.object({ id: GroupId });
const memberPath = z.object({ id: GroupId, userId: UserId });

/** The group routes in `/api/openapi.json`. */
export const groupPaths: ZodOpenApiPathsObject = {
  '/api/groups': {
    get: operation({
      tag: 'Groups',
      summary: 'List my groups, latest activity first',
      answers: { 200: InboxEntryList },
    }),
    post: operation({
      tag: 'Groups',
      summary: 'Create a group, or open the direct group of some people',
      description:
        'A repeat with the same `Idempotency-Key` returns the same group. The same people always have the same direct group.',
      params: { header: z.object({ 'Idempotency-Key': z.optional(IdempotencyKey) }) },
      body: NewGroup,
      answers: { 201: Group },
      failures: ['invalid', 'too_large', 'conflict', 'forbidden'],
    }),
  },
  '/api/groups/public': {
    get: operation({
      tag: 'Groups',
      summary: 'List public groups that I am not in, by name',
      params: { query: PublicGroupQuery },
      answers: { 200: GroupList },
      failures: ['invalid', 'forbidden'],
    }),
  },
  '/api/groups/{id}': {
    get: operation({
      tag: 'Groups',
      summary: 'Get a group',
      params: { path },
      answers: { 200: Group },
      failures: ['not_found'],
    }),
    patch: operation({
      tag: 'Groups',
      summary: 'Change the name, topic, picture or visibility of a group, or archive it',
      params: { path },
      body: GroupChange,
      answers: { 200: Group },
      failures: ['invalid', 'too_large', 'not_found', 'forbidden'],
    }),
    delete: operation({
      tag: 'Groups',
      summary: 'Delete a group with everything in it, for everyone and for good',
      description: 'Only owners can delete a group.',
      params: { path },
      answers: { 204: 'Deleted' },
      failures: ['not_found', 'forbidden'],
    }),
  },
  '/api/groups/{id}/preferences': {
    patch: operation({
      tag: 'Groups',
      summary: 'Change what I am notified of, or mute a group for some time',
      params: { path },
      body: PreferenceChange,
      answers: { 200: InboxEntry },
      failures: ['invalid', 'too_large', 'not_found', 'forbidden'],
    }),
  },
  '/api/groups/{id}/favourite': {
    put: operation({
      tag: 'Groups',
      summary: 'Make a group a favourite of mine, or move it among my favourites',
      params: { path },
      body: FavouritePlace,
      answers: { 200: FavouriteList },
      failures: ['invalid', 'too_large', 'not_found', 'conflict'],
    }),
    delete: operation({
      tag: 'Groups',
      summary: 'Remove a group from my favourites',
      params: { path },
      answers: { 200: FavouriteList },
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
      description:
        'The last owner of a group cannot leave it. A direct group is hidden from my list until its next message.',
      params: { path },
      answers: { 204: 'Left' },
      failures: ['not_found', 'conflict'],
    }),
  },
  '/api/groups/{id}/members': {
    get: operation({
      tag: 'Groups',
      summary: 'List the members of a group',
      description:
        'Without parameters everyone, in the order in which they joined. With any of them a page of at most `limit` members, by role (owners first) and then by name; `query` is the beginning of a name, without regard to accents and capitals. Nobody is listed twice or left out because others join or leave between two pages.',
      params: { path, query: MemberListQuery },
      answers: { 200: MemberList },
      failures: ['invalid', 'not_found', 'forbidden'],
    }),
    post: operation({
      tag: 'Groups',
      summary: 'Add people to a group, as members or as guests',
      description: 'Those who are members already stay as they are.',
      params: { path },
      body: NewMembers,
      answers: { 200: Group },
      failures: ['invalid', 'too_large', 'not_found', 'forbidden', 'conflict', 'archived'],
    }),
  },
  '/api/groups/{id}/members/{userId}': {
    put: operation({
      tag: 'Groups',
      summary: 'Change the role of a member',
      description: 'The last owner of a group keeps their role.',
      params: { path: memberPath },
      body: RoleChange,
      answers: { 200: Member },
      failures: ['invalid', 'too_large', 'not_found', 'forbidden', 'conflict'],
    }),
    delete: operation({
      tag: 'Groups',
      summary: 'Remove a member from a group',
      params: { path: memberPath },
      answers: { 204: 'Removed' },
      failures: ['not_found', 'forbidden', 'conflict'],
    }),
  },
  '/api/groups/{id}/pins': {
    get: operation({
      tag: 'Groups',
      summary: 'List the pinned messages of a group, latest pin first',
      params: { path },
      answers: { 200: PinList },
      failures: ['not_found', 'forbidden'],
    }),
  },
  '/api/groups/{id}/changes': {
    get: operation({
      tag: 'Groups',
      summary: 'Wait for changes of a group, where WebSockets are blocked',
      description:
        'Returns a `thread_state` with everything that changed after `since`, followed by the ephemeral events that this client ' +
        'missed. Without a durable change the server holds the request for up to `wait` seconds, and returns ephemeral events ' +
        'alone at most once a second, without a `thread_state`. Without `since` it returns the newest page at once.',
      params: { path, query: PollQuery },
      answers: { 200: EventList, 204: 'Nothing changed' },
      failures: ['invalid', 'not_found', 'forbidden'],
    }),
  },
  '/api/groups/{id}/frames': {
    post: operation({
      tag: 'Groups',
      summary: 'Send frames to a group, where WebSockets are blocked',
      description: 'Returns the events that answer the frames: their changes, and errors.',
      params: { path },
      body: PolledFrames,
      answers: { 200: EventList },
      failures: ['invalid', 'too_large', 'not_found', 'forbidden'],
    }),
  },
};
