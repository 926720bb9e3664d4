import * as z from 'zod/mini';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { Health } from '../../../protocol/health.ts';
import { Epoch, GroupId, Rev } from '../../../protocol/ids.ts';
import { InboxEventList, PolledFrames, PollQuery } from '../../../protocol/long-poll.ts';
import { ServerConfig } from './named.ts';
import { operation } from './operation.ts';

/** The routes of the server itself, and those that keep a client up to date, in `/api/openapi.json`. */
export const servicePaths: ZodOpenApiPathsObject = {
  '/api/config': {
    get: operation({
      tag: 'Server',
      summary: 'Get what a client needs before sign-in',
      public: true,
      answers: { 200: ServerConfig },
    }),
  },
  '/api/health': {
    get: operation({
      tag: 'Server',
      summary: 'Check the health of the server',
      public: true,
      answers: { 200: Health, 503: Health },
    }),
  },
  '/api/openapi.json': {
    get: operation({
      tag: 'Server',
      summary: 'Get this document',
      public: true,
      answers: { 200: z.looseObject({}) },
    }),
  },
  '/api/docs': {
    get: operation({
      tag: 'Server',
      summary: 'Read this document as a page',
      public: true,
      answers: { 200: 'HTML' },
    }),
  },
  '/api/webhooks/clerk': {
    post: operation({
      tag: 'Server',
      summary: 'Receive signed events from Clerk',
      public: true,
      answers: { 204: 'Handled' },
      failures: ['invalid', 'too_large'],
    }),
  },
  '/api/inbox/socket': {
    get: operation({
      tag: 'People',
      summary: 'Open my own socket',
      description:
        'A WebSocket upgrade with the subprotocols `edgewise.v1` and `bearer.<token>`. It tells what is new in all of my groups. A refused socket is closed with a code.',
      public: true,
      answers: { 101: 'The upgraded connection' },
      failures: ['invalid'],
    }),
  },
  '/api/inbox/changes': {
    get: operation({
      tag: 'People',
      summary: 'Wait for what is new in my groups, where WebSockets are blocked',
      description:
        'Returns the events of my own socket after the position, which is the `epoch` of the latest `inbox_state` and the `n` of ' +
        'the last event. Without one the server holds the request for up to `wait` seconds. Without a position, or if events ' +
        'after it are lost, it returns `inbox_state` at once, and what belongs to it.',
      params: { query: PollQuery },
      answers: { 200: InboxEventList, 204: 'Nothing changed' },
      failures: ['invalid'],
    }),
  },
  '/api/inbox/frames': {
    post: operation({
      tag: 'People',
      summary: 'Send frames of my own socket, where WebSockets are blocked',
      description: 'Returns the errors of the frames that failed.',
      body: PolledFrames,
      answers: { 200: InboxEventList },
      failures: ['invalid', 'too_large'],
    }),
  },
  '/api/groups/{groupId}/socket': {
    get: operation({
      tag: 'Groups',
      summary: 'Open the socket of a group',
      description:
        'A WebSocket upgrade with the subprotocols `edgewise.v1` and `bearer.<token>`. A refused socket is closed with a code.',
      public: true,
      params: {
        path: z.object({ groupId: GroupId }),
        query: z.object({ since: z.optional(Rev), epoch: z.optional(Epoch) }),
      },
      answers: { 101: 'The upgraded connection' },
      failures: ['invalid'],
    }),
  },
};
