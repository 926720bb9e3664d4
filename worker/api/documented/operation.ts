import type * as z from 'zod/mini';
import type {
  ZodOpenApiOperationObject,
  ZodOpenApiParameters,
  ZodOpenApiResponseObject,
  ZodOpenApiResponsesObject,
} from 'zod-openapi';
import { ERRORS } from '../../../protocol/error-table.ts';
import { type ErrorCode, Problem } from '../../../protocol/errors.ts';

/** Failures that every route can answer with, and those that one behind a sign-in adds. */
const ALWAYS: readonly ErrorCode[] = ['unavailable', 'internal'];
const SIGNED_IN: readonly ErrorCode[] = ['unauthenticated', 'rate_limited'];

/** What a route is to its callers. */
export interface Documented {
  /** What it is about; the page of the API has a chapter for each. */
  tag: 'Groups' | 'Messages' | 'People' | 'Server';
  summary: string;
  description?: string;
  /** Without a bearer token. */
  public?: true;
  params?: ZodOpenApiParameters;
  body?: z.ZodMiniType;
  /** What it answers with, by status; a text describes an answer that is no JSON. */
  answers: Readonly<Record<number, z.ZodMiniType | string>>;
  /** Which failures it has beside those that are everywhere. */
  failures?: readonly ErrorCode[];
}

/** What an answer of this status says of the request. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  200: 'Done',
  201: 'Made',
  503: 'The same, while something is down',
};

function answerObject(status: string, content: z.ZodMiniType | string): ZodOpenApiResponseObject {
  if (typeof content === 'string') return { description: content };
  return {
    description: DESCRIPTIONS[status] ?? 'Done',
    content: { 'application/json': { schema: content } },
  };
}

/** The failures as answers: one for each status, naming the codes that share it. */
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

/** The OpenAPI operation of a route. */
export function operation(route: Documented): ZodOpenApiOperationObject {
  const { tag, summary, description, params, body, answers, failures = [] } = route;
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
    responses: { ...failureObjects(codes), ...Object.fromEntries(good) },
  };
}
