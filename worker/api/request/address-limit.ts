import { createMiddleware } from 'hono/factory';
import { fail } from '../../../protocol/errors.ts';
import { problem } from '../../errors/problem.ts';
import type { AppEnv } from './app-env.ts';

/** The window of the INVITE_LIMIT binding (wrangler.toml). */
const WINDOW_MS = 60_000;
/** A network gets at least a /64 of IPv6 addresses: 4 of the 8 groups. */
const NETWORK_GROUPS = 4;

/**
 * Middleware of the routes that take a code: answers 429 above the limit of the client's address. Cloudflare sets the header,
 * and replaces one that a client sends; without Cloudflare all clients share one limit.
 */
export const addressLimited = createMiddleware<AppEnv>(async (c, next) => {
  const key = networkOf(c.req.header('CF-Connecting-IP') ?? '');
  const { success } = await c.env.INVITE_LIMIT.limit({ key });
  if (!success) {
    const detail =
      'Too many invitations were opened from your network. Wait a minute and try again.';
    return problem(fail('rate_limited', detail, { retryAfterMs: WINDOW_MS }).failure);
  }
  await next();
  return undefined;
});

/**
 * What stands for a client's address: an IPv4 address itself, of an IPv6 address the /64 network, whose addresses one client
 * can change at will.
 */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const before = head.split(':').filter((group) => group !== '');
  const after = tail === undefined ? [] : tail.split(':').filter((group) => group !== '');
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  return [...before, ...(tail === undefined ? [] : zeros), ...after]
    .slice(0, NETWORK_GROUPS)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
