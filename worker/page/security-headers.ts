import { createMiddleware } from 'hono/factory';

/** On every answer that does not say otherwise itself. Pages replace the policy: what is no page needs nothing at all. */
const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  // Answers of the API are one person's: no cache in between may keep them.
  'Cache-Control': 'no-store',
};

/** Middleware around everything: puts the security headers on the answer. */
export const securityHeaders = createMiddleware(async (c, next) => {
  await next();
  // An upgraded connection is no document, and its answer cannot be made anew without losing the socket.
  if (c.res.status === 101) return;
  // Answers of a binding have headers that cannot be changed.
  const response = new Response(c.res.body, c.res);
  for (const [name, value] of Object.entries(HEADERS)) {
    if (!response.headers.has(name)) response.headers.set(name, value);
  }
  c.res = response;
});
