import * as z from 'zod/mini';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { Epoch, GroupId, Rev } from '../../../protocol/ids.ts';
import { AppConfig, Health } from '../../../protocol/rest.ts';
import { operation } from './operation.ts';

/** What is not about one kind of thing: the server itself, and the group's socket. */
export const servicePaths: ZodOpenApiPathsObject = {
  '/api/config': {
    get: operation({
      tag: 'Server',
      summary: 'What a client needs before anybody is signed in',
      public: true,
      answers: { 200: AppConfig },
    }),
  },
  '/api/health': {
    get: operation({
      tag: 'Server',
      summary: 'Whether people can talk',
      public: true,
      answers: { 200: Health, 503: Health },
    }),
  },
  '/api/openapi.json': {
    get: operation({
      tag: 'Server',
      summary: 'This document',
      public: true,
      answers: { 200: z.looseObject({}) },
    }),
  },
  '/api/docs': {
    get: operation({
      tag: 'Server',
      summary: 'This document as a page',
      public: true,
      answers: { 200: 'HTML' },
    }),
  },
  '/api/webhooks/clerk': {
    post: operation({
      tag: 'Server',
      summary: "Clerk's signed events",
      public: true,
      answers: { 204: 'Handled' },
      failures: ['invalid', 'too_large'],
    }),
  },
  '/api/groups/{groupId}/socket': {
    get: operation({
      tag: 'Groups',
      summary: "The group's socket",
      description:
        'A WebSocket upgrade with the subprotocols `edgewise.v1` and `bearer.<token>`. Refusals are close codes.',
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
