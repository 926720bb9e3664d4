import { createMiddleware } from 'hono/factory';
import { within } from '../../within.ts';

/**
 * More than the largest picture that Clerk accepts, and than any JSON body. A client that sends more may lose the
 * response.
 */
const DRAIN_BYTES = 16 * 1024 * 1024;
/** A slow or dead client must not hold its request open. nginx waits as long (`lingering_timeout`). */
const DRAIN_WITHIN_MS = 5_000;

/**
 * Reads and discards the rest of a request's body. It must finish before the response is sent: after that workerd
 * refuses to read the body, the Worker that forwards it fails ("Can't read from request stream after response has been
 * sent"), and the client, which is still sending, gets a reset connection instead of the response. `body.cancel()`
 * prevents neither.
 */
export async function drainBody(request: Request): Promise<void> {
  // A route has read the body or passed it on.
  if (request.body === null || request.body.locked) return;
  const reader = request.body.getReader();
  // If the client hangs up while it sends the body, nobody receives the response either.
  await within(DRAIN_WITHIN_MS, drain(reader)).catch(() => undefined);
  await reader.cancel().catch(() => undefined);
}

/** Middleware around every route: the response waits until the whole body has arrived. */
export const drainedBody = createMiddleware(async (c, next) => {
  await next();
  await drainBody(c.req.raw);
});

async function drain(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  let remaining = DRAIN_BYTES;
  while (remaining > 0) {
    const { done, value } = await reader.read();
    if (done) return;
    remaining -= value.byteLength;
  }
}
