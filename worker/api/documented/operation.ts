import type * as z from 'zod/mini';
import type {
  ZodOpenApiOperationObject,
  ZodOpenApiParameters,
  ZodOpenApiResponseObject,
  ZodOpenApiResponsesObject,
} from 'zod-openapi';
import { ERRORS } from '../../../protocol/error-table.ts';
import { type ErrorCode, Problem } from '../../../protocol/errors.ts';

/** The failures of every route, and those of every route that requires sign-in. */
const ALWAYS: readonly ErrorCode[] = ['unavailable', 'internal'];
const SIGNED_IN: readonly ErrorCode[] = ['unauthenticated', 'rate_limited'];

/** The description of a route. */
export interface Documented {
  /** The section of the documentation that lists the route. */
  tag: 'Files' | 'Groups' | 'Messages' | 'Notifications' | 'People' | 'Server';
  summary: string;
  description?: string;
  /** True for a route that needs no bearer token. */
  public?: true;
  params?: ZodOpenApiParameters;
  body?: z.ZodMiniType;
  /** Bodies that are not JSON, by media type. */
  bodies?: Readonly<Record<string, z.ZodMiniType>>;
  /** The successful responses by status. A string describes one that is not JSON. */
  answers: Readonly<Record<number, z.ZodMiniType | string>>;
  /** The failures of this route in addition to the common ones. */
  failures?: readonly ErrorCode[];
}

/** The description of a JSON response by status. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  200: 'Success',
  201: 'Created',
  503: 'The same body, while a part is down',
};

function answerObject(status: string, content: z.ZodMiniType | string): ZodOpenApiResponseObject {
  if (typeof content === 'string') return { description: content };
  return {
    description: DESCRIPTIONS[status] ?? 'Success',
    content: { 'application/json': { schema: content } },
  };
}

/** Converts failures to responses: one for each status, with the codes that share it. */
function failureObjects(codes: readonly ErrorCode[]): ZodOpenApiResponsesObject {
  const responses: Record<string, ZodOpenApiResponseObject> = {};
  for (const code of codes) {
    const status = String(ERRORS[code].status);
    const also = responses[status]?.description;
    responses[status] = {
      description: `${also === undefined ? '' : `${also} `}\`${code}\`: ${ERRORS[code].title}.`,
      content: { 'application/problem+json': { schema: Problem } },
    };
  }
  return responses;
}

/** Converts the description of a route to an OpenAPI operation. */
export function operation(route: Documented): ZodOpenApiOperationObject {
  const { tag, summary, description, params, body, bodies, answers, failures = [] } = route;
  const codes = [...failures, ...(route.public ? [] : SIGNED_IN), ...ALWAYS];
  const good = Object.entries(answers).map(([status, content]) => [
    status,
    answerObject(status, content),
  ]);
  return {
    tags: [tag],
    summary,
    ...(description && { description }),
    ...(route.public && { security: [] }),
    ...(params && { requestParams: params }),
    ...(body && {
      requestBody: { required: true, content: { 'application/json': { schema: body } } },
    }),
    ...(bodies && {
      requestBody: {
        required: true,
        content: Object.fromEntries(
          Object.entries(bodies).map(([type, schema]) => [type, { schema }]),
        ),
      },
    }),
    responses: { ...failureObjects(codes), ...Object.fromEntries(good) },
  };
}
