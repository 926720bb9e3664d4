import { createMiddleware } from 'hono/factory';

/** The default headers. A response with its own value keeps it, as pages do with their policy. */
const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  // Voice messages are recorded by the page itself; nothing else of the device is used.
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(self)',
  // A response of the API is for one user: no shared cache may store it.
  'Cache-Control': 'no-store',
};

/** Middleware around every route: adds the security headers to the response. */
export const securityHeaders = createMiddleware(async (c, next) => {
  await next();
  // The response to an upgrade holds the socket, and a copy of it would lose the socket.
  if (c.res.status === 101) return;
  // The headers of a response from a binding are immutable.
  const response = new Response(c.res.body, c.res);
  for (const [name, value] of Object.entries(HEADERS)) {
    if (!response.headers.has(name)) response.headers.set(name, value);
  }
  c.res = response;
});
