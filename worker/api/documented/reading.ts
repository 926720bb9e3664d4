import type { ZodOpenApiPathsObject } from 'zod-openapi';
import {
  GroupsRead,
  GroupsToRead,
  GroupsToUnread,
  GroupsUnread,
} from '../../../protocol/reading.ts';
import { operation } from './operation.ts';

/** The routes of my whole list in `/api/openapi.json`. */
export const readingPaths: ZodOpenApiPathsObject = {
  '/api/inbox/read': {
    post: operation({
      tag: 'Groups',
      summary: 'Mark groups as read, with the threads in them that I follow',
      description:
        'Each up to a `seq`, usually the `lastSeq` of its group as my list shows it: what is written later stays unread. `before` in the answer is the body that undoes it. A group that I am not in is left out; one in `failed` could not be reached and stays as it was.',
      body: GroupsToRead,
      answers: { 200: GroupsRead },
      failures: ['invalid', 'too_large'],
    }),
  },
  '/api/inbox/unread': {
    post: operation({
      tag: 'Groups',
      summary: 'Undo that groups were marked as read',
      description:
        'The cursors are as before, except one that has moved since. A repeat does nothing.',
      body: GroupsToUnread,
      answers: { 200: GroupsUnread },
      failures: ['invalid', 'too_large'],
    }),
  },
};
