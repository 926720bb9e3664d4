import { Hono } from 'hono';
import { createDocument, type ZodOpenApiObject } from 'zod-openapi';
import { version } from '../../../package.json';
import { groupPaths } from '../documented/groups.ts';
import { messagePaths } from '../documented/messages.ts';
import { NAMED } from '../documented/named.ts';
import { servicePaths } from '../documented/service.ts';
import { userPaths } from '../documented/users.ts';
import type { AppEnv } from '../request/app-env.ts';

const DESCRIPTION: ZodOpenApiObject = {
  openapi: '3.1.0',
  info: {
    title: 'Edgewise',
    version,
    description:
      'Group chat. Errors are `application/problem+json`; lists are `{items, next?}`, and `next` goes back as `cursor`.',
  },
  security: [{ session: [] }],
  components: {
    schemas: NAMED,
    securitySchemes: {
      session: {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: "The session token of the deployment's Clerk instance; good for a minute.",
      },
    },
  },
  paths: { ...groupPaths, ...messagePaths, ...userPaths, ...servicePaths },
};

/** How the schema library says "a whole number": as if the bounds of the language were ours. */
function withoutBoundsOfNumbers(schema: { minimum?: number; maximum?: number }): void {
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
}

/** The OpenAPI 3.1 document of every route, made of the schemas that the routes parse with. */
export function describeApi() {
  return createDocument(DESCRIPTION, {
    override: ({ jsonSchema, io }) => {
      withoutBoundsOfNumbers(jsonSchema);
      // Fields may be added within a version (protocol.md): a client made from this document must not refuse them.
      if (io === 'output' && jsonSchema.additionalProperties === false) {
        delete jsonSchema.additionalProperties;
      }
    },
  });
}

/** Made when somebody first asks: made at the start it would delay every cold start of the Worker. */
let described: ReturnType<typeof describeApi> | undefined;

/** `GET /api/openapi.json`, for everyone. */
export const openapi = new Hono<AppEnv>().get('/api/openapi.json', (c) => {
  described ??= describeApi();
  return c.json(described);
});
