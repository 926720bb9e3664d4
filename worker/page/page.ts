import type { Handler } from 'hono';
import type { ClerkSource } from '../auth/clerk-config.ts';
import type { Env } from '../env.ts';
import { contentPolicy } from './content-policy.ts';

/**
 * Serves the built page: a file of it or, through the fallback of the assets binding, `index.html` for every other
 * address. The response carries the policy that Clerk's browser code needs.
 */
export function page(source: ClerkSource): Handler<{ Bindings: Env }> {
  return async (c) => {
    const [asset, clerk] = await Promise.all([c.env.ASSETS.fetch(c.req.raw), source(c.env)]);
    const response = new Response(asset.body, asset);
    response.headers.set(
      'Content-Security-Policy',
      contentPolicy(clerk.ok ? clerk.value : undefined),
    );
    return response;
  };
}
