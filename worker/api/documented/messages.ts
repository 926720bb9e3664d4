import * as z from 'zod/mini';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { MessageId } from '../../../protocol/ids.ts';
import { Message } from '../../../protocol/models.ts';
import { MessagePage, MessagePageQuery, MessageQuery, NewMessage } from '../../../protocol/rest.ts';
import { operation } from './operation.ts';

/** The message routes, as `/api/openapi.json` shows them. */
export const messagePaths: ZodOpenApiPathsObject = {
  '/api/messages': {
    get: operation({
      tag: 'Messages',
      summary: 'A page of a timeline, oldest first',
      description:
        'The newest page, or the one before, after or around a place (a `seq`; around also a message id).',
      params: { query: MessagePageQuery },
      answers: { 200: MessagePage },
      failures: ['invalid', 'not_found', 'forbidden'],
    }),
    post: operation({
      tag: 'Messages',
      summary: 'Send a message',
      description: 'A repeat with the same `id` answers 200 with the message that is there.',
      body: NewMessage,
      answers: { 200: Message, 201: Message },
      failures: ['invalid', 'too_large', 'not_found', 'forbidden', 'conflict', 'archived'],
    }),
  },
  '/api/messages/{id}': {
    get: operation({
      tag: 'Messages',
      summary: 'One message',
      params: { path: z.object({ id: MessageId }), query: MessageQuery },
      answers: { 200: Message },
      failures: ['invalid', 'not_found', 'forbidden'],
    }),
  },
};
