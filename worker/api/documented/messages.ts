import * as z from 'zod/mini';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { Emoji } from '../../../protocol/client-frames.ts';
import { MessageId } from '../../../protocol/ids.ts';
import { Message } from '../../../protocol/models.ts';
import { MessagePage, ReactionList } from '../../../protocol/rest.ts';
import {
  MessageEdit,
  MessagePageQuery,
  MessageQuery,
  NewMessage,
  ThreadChange,
  ThreadListQuery,
} from '../../../protocol/rest-requests.ts';
import { ThreadList, ThreadState } from '../../../protocol/threads.ts';
import { operation } from './operation.ts';

const params = { path: z.object({ id: MessageId }), query: MessageQuery };
const reactionParams = { path: z.object({ id: MessageId, emoji: Emoji }), query: MessageQuery };

/** The message routes in `/api/openapi.json`. */
export const messagePaths: ZodOpenApiPathsObject = {
  '/api/messages': {
    get: operation({
      tag: 'Messages',
      summary:
        'List a page of the timeline or, with `parentId`, of the replies to a message, oldest first',
      description:
        'Returns the newest page, or the page before, after or around a `seq`. `around` also takes a message id.',
      params: { query: MessagePageQuery },
      answers: { 200: MessagePage },
      failures: ['invalid', 'not_found', 'forbidden'],
    }),
    post: operation({
      tag: 'Messages',
      summary: 'Send a message or, with `parentId`, a reply',
      description: 'A repeat with the same `id` returns the existing message with status 200.',
      body: NewMessage,
      answers: { 200: Message, 201: Message },
      failures: ['invalid', 'too_large', 'not_found', 'forbidden', 'conflict', 'archived'],
    }),
  },
  '/api/messages/{id}': {
    get: operation({
      tag: 'Messages',
      summary: 'Get a message',
      params,
      answers: { 200: Message },
      failures: ['invalid', 'not_found', 'forbidden'],
    }),
    patch: operation({
      tag: 'Messages',
      summary: 'Edit my message',
      params,
      body: MessageEdit,
      answers: { 200: Message },
      failures: ['invalid', 'too_large', 'not_found', 'forbidden', 'archived'],
    }),
    delete: operation({
      tag: 'Messages',
      summary: 'Delete a message',
      description:
        'Authors delete their own messages, admins of the group any message. A tombstone stays.',
      params,
      answers: { 204: 'Deleted' },
      failures: ['invalid', 'not_found', 'forbidden'],
    }),
  },
  '/api/messages/{id}/reactions': {
    get: operation({
      tag: 'Messages',
      summary: 'List everyone who reacted to a message, by emoji',
      params,
      answers: { 200: ReactionList },
      failures: ['invalid', 'not_found', 'forbidden'],
    }),
  },
  '/api/messages/{id}/reactions/{emoji}': {
    put: operation({
      tag: 'Messages',
      summary: 'React to a message',
      params: reactionParams,
      answers: { 200: Message },
      failures: ['invalid', 'not_found', 'forbidden', 'conflict', 'archived'],
    }),
    delete: operation({
      tag: 'Messages',
      summary: 'Remove my reaction',
      params: reactionParams,
      answers: { 200: Message },
      failures: ['invalid', 'not_found', 'forbidden', 'archived'],
    }),
  },
  '/api/messages/{id}/pin': {
    put: operation({
      tag: 'Messages',
      summary: 'Pin a message for everyone in the group',
      params,
      answers: { 200: Message },
      failures: ['invalid', 'not_found', 'forbidden', 'conflict', 'archived'],
    }),
    delete: operation({
      tag: 'Messages',
      summary: 'Unpin a message',
      params,
      answers: { 200: Message },
      failures: ['invalid', 'not_found', 'forbidden', 'archived'],
    }),
  },
  '/api/threads': {
    get: operation({
      tag: 'Messages',
      summary:
        'List the threads that I follow, in one group or in all of mine, those with unread replies first',
      description:
        'Without `groupId`, of archived groups only the threads with unread replies. A reply between two pages moves no thread, so that none is left out; a thread that is read meanwhile, or that got a reply right before the first page, may come a second time. `incomplete` says that some groups did not answer.',
      params: { query: ThreadListQuery },
      answers: { 200: ThreadList },
      failures: ['invalid', 'not_found', 'forbidden'],
    }),
  },
  '/api/threads/{id}': {
    get: operation({
      tag: 'Messages',
      summary: 'Get a thread by the message that it replies to',
      params,
      answers: { 200: ThreadState },
      failures: ['invalid', 'not_found', 'forbidden'],
    }),
    patch: operation({
      tag: 'Messages',
      summary: 'Follow a thread or stop following it, or mark it as read',
      params,
      body: ThreadChange,
      answers: { 200: ThreadState },
      failures: ['invalid', 'not_found', 'forbidden'],
    }),
  },
};
