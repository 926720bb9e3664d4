import { Hono } from 'hono';
import { createDocument, type ZodOpenApiObject } from 'zod-openapi';
import { version } from '../../../package.json';
import { groupFilePaths } from '../documented/group-files.ts';
import { groupPaths } from '../documented/groups.ts';
import { invitePaths } from '../documented/invites.ts';
import { messagePaths } from '../documented/messages.ts';
import { NAMED } from '../documented/named.ts';
import { pushPaths } from '../documented/push.ts';
import { readingPaths } from '../documented/reading.ts';
import { servicePaths } from '../documented/service.ts';
import { uploadPaths } from '../documented/uploads.ts';
import { userPaths } from '../documented/users.ts';
import type { AppEnv } from '../request/app-env.ts';

const DESCRIPTION: ZodOpenApiObject = {
  openapi: '3.1.0',
  info: {
    title: 'Edgewise',
    version,
    description:
      'Group chat. Errors are `application/problem+json`. Lists are `{items, next?}`; send `next` back as `cursor` for the next page.',
  },
  security: [{ session: [] }],
  components: {
    schemas: NAMED,
    securitySchemes: {
      session: {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description:
          "A session token of the deployment's Clerk instance. It is valid for one minute.",
      },
    },
  },
  paths: {
    ...groupPaths,
    ...groupFilePaths,
    ...uploadPaths,
    ...invitePaths,
    ...messagePaths,
    ...readingPaths,
    ...userPaths,
    ...pushPaths,
    ...servicePaths,
  },
};

/** The schema library adds the bounds of JavaScript numbers to every integer. They are not part of the contract. */
function dropNumberBounds(schema: { minimum?: number; maximum?: number }): void {
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
}

/** Builds the OpenAPI 3.1 document of all routes from the schemas that the routes parse with. */
export function describeApi() {
  return createDocument(DESCRIPTION, {
    override: ({ jsonSchema, io }) => {
      dropNumberBounds(jsonSchema);
      // Fields may be added within a version, and a generated client must not refuse them.
      if (io === 'output' && jsonSchema.additionalProperties === false) {
        delete jsonSchema.additionalProperties;
      }
    },
  });
}

/** Built on the first request: at startup it would delay every cold start of the Worker. */
let described: ReturnType<typeof describeApi> | undefined;

/** `GET /api/openapi.json`. Public. */
export const openapi = new Hono<AppEnv>().get('/api/openapi.json', (c) => {
  described ??= describeApi();
  return c.json(described);
});
