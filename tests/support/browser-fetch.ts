import * as z from 'zod/mini';

/** What Node's `fetch` says of a connection that ended before an answer. */
const ClosedConnection = z.object({
  cause: z.object({
    code: z.enum(['UND_ERR_SOCKET', 'ECONNRESET']),
    socket: z.optional(z.object({ bytesRead: z.number() })),
  }),
});

/**
 * `fetch` as browsers do it: a request on a kept connection that the server closed at that moment, because it was idle, is
 * sent once more on a new one. Node's `fetch` gives up instead, and on a busy machine that moment is long.
 */
export async function browserFetch(url: string | URL, init?: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    const { data: closed } = ClosedConnection.safeParse(error);
    // A reset does not say of which socket it was.
    const wasUsedBefore = closed !== undefined && closed.cause.socket?.bytesRead !== 0;
    if (!wasUsedBefore) throw error;
    return fetch(url, init);
  }
}
