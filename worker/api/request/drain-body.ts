import { createMiddleware } from 'hono/factory';
import { within } from '../../within.ts';

/** Above the largest picture that Clerk takes and above any JSON. A client that sends more may lose the answer. */
const DRAIN_BYTES = 16 * 1024 * 1024;
/** A slow or dead client must not hold its request open; nginx lingers for as long. */
const DRAIN_WITHIN_MS = 5_000;

/**
 * Reads and drops what is left of a request's body. It must end before the response is sent: from then on workerd refuses
 * to read the body, so the Worker that forwards it fails ("Can't read from request stream after response has been sent"),
 * and the client, which is still sending, gets a reset connection instead of the response. `body.cancel()` prevents neither.
 */
export async function drainBody(request: Request): Promise<void> {
  // A route has read it or passed it on.
  if (request.body === null || request.body.locked) return;
  const reader = request.body.getReader();
  // The client may hang up in the middle of its body; then the response has no receiver either.
  await within(DRAIN_WITHIN_MS, drain(reader)).catch(() => undefined);
  await reader.cancel().catch(() => undefined);
}

/** Middleware around everything: the response waits until the body has arrived, also where no route reads it. */
export const drainedBody = createMiddleware(async (c, next) => {
  await next();
  await drainBody(c.req.raw);
});

async function drain(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  let left = DRAIN_BYTES;
  while (left > 0) {
    const { done, value } = await reader.read();
    if (done) return;
    left -= value.byteLength;
  }
}
