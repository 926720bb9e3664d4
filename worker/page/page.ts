import type { Handler } from 'hono';
import type { ClerkSource } from '../auth/clerk-config.ts';
import type { Env } from '../env.ts';
import { contentPolicy } from './content-policy.ts';

/**
 * Everything that is no API: a file of the built page, or (the assets' own fallback) the page itself, for whatever
 * address the browser is at; with the policy that lets Clerk's browser code run.
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
