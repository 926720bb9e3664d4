import { CLOSE, type CloseCode, type ErrorCode } from './errors.ts';

/** The HTTP status and title of each code and, where the error can close a socket, the close code. */
export const ERRORS: Record<ErrorCode, { status: number; title: string; close?: CloseCode }> = {
  invalid: { status: 422, title: 'The request is not valid', close: CLOSE.protocol },
  too_large: { status: 413, title: 'Too large', close: CLOSE.tooLarge },
  unauthenticated: { status: 401, title: 'Not signed in', close: CLOSE.unauthenticated },
  forbidden: { status: 403, title: 'Not allowed', close: CLOSE.forbidden },
  not_found: { status: 404, title: 'Not found', close: CLOSE.notFound },
  conflict: { status: 409, title: 'Conflict' },
  archived: { status: 409, title: 'The group is archived' },
  rate_limited: { status: 429, title: 'Too many requests', close: CLOSE.tooMany },
  unavailable: { status: 503, title: 'Not available right now', close: CLOSE.unavailable },
  internal: { status: 500, title: 'Something went wrong on our side' },
};
