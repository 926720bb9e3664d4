import * as z from 'zod/mini';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { Storage } from '../../../protocol/files.ts';
import { UserId } from '../../../protocol/ids.ts';
import { User } from '../../../protocol/models.ts';
import { GroupList, UserList } from '../../../protocol/rest.ts';
import { ProfileChange, UserListQuery } from '../../../protocol/rest-requests.ts';
import { SettingsChange, UserSettings } from '../../../protocol/settings.ts';
import { operation } from './operation.ts';

/** The user routes in `/api/openapi.json`. */
export const userPaths: ZodOpenApiPathsObject = {
  '/api/users/me': {
    get: operation({
      tag: 'People',
      summary: 'Get my profile',
      answers: { 200: User },
      failures: ['forbidden'],
    }),
    patch: operation({
      tag: 'People',
      summary: 'Change my status, handle or time zone',
      description: 'Name and picture come from Clerk.',
      body: ProfileChange,
      answers: { 200: User },
      failures: ['invalid', 'too_large', 'forbidden', 'conflict'],
    }),
  },
  '/api/users/me/settings': {
    get: operation({
      tag: 'People',
      summary: 'Get what I have set for all of my devices',
      answers: { 200: UserSettings },
      failures: ['forbidden'],
    }),
    patch: operation({
      tag: 'People',
      summary:
        'Change when I do not want to be disturbed, and whether I send and see read receipts',
      description:
        'A field that is left out stays as it is; null ends it. A schedule begins at `from` on each of the `days` (0 is Sunday) and ends at the next `to`, as the clocks of `timeZone` show it.',
      body: SettingsChange,
      answers: { 200: UserSettings },
      failures: ['invalid', 'too_large', 'forbidden'],
    }),
  },
  '/api/users/me/storage': {
    get: operation({
      tag: 'People',
      summary: 'Get how many bytes my files take in all groups, and how many they may take',
      answers: { 200: Storage },
    }),
  },
  '/api/users': {
    get: operation({
      tag: 'People',
      summary: 'Find people by ids (comma-separated, at most 100) or by a search',
      params: { query: UserListQuery },
      answers: { 200: UserList },
      failures: ['invalid'],
    }),
  },
  '/api/users/{id}/groups': {
    get: operation({
      tag: 'People',
      summary: 'List the groups that someone and I are both in',
      params: { path: z.object({ id: UserId }) },
      answers: { 200: GroupList },
    }),
  },
  '/api/users/{id}': {
    get: operation({
      tag: 'People',
      summary: 'Get a profile',
      params: { path: z.object({ id: UserId }) },
      answers: { 200: User },
      failures: ['not_found'],
    }),
  },
};
