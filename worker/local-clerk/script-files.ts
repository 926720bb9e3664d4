import { Hono } from 'hono';
import type { LocalEnv } from './local-env.ts';

/** Clerk's packages whose script files the build copies, and the folder of the assets they are copied to. */
const FOLDERS = { 'clerk-js': 'clerk-js', ui: 'clerk-ui' } as const;

/**
 * The script files of Clerk's own browser code, at the addresses where its loader asks for them. Whatever version it
 * asks for, it gets the one that is installed.
 */
export const scriptFiles = new Hono<{ Bindings: LocalEnv }>().get(
  '/__clerk/npm/@clerk/:package{(clerk-js|ui)@[^/]+}/dist/:file{[A-Za-z0-9._-]+\\.js}',
  async (c) => {
    const folder = c.req.param('package').startsWith('ui@') ? FOLDERS.ui : FOLDERS['clerk-js'];
    const asset = await c.env.ASSETS.fetch(new URL(`/${folder}/${c.req.param('file')}`, c.req.url));
    // Without such a file the assets answer with the page, which no script may be.
    if (!asset.headers.get('Content-Type')?.includes('javascript')) return c.notFound();
    const headers = new Headers(asset.headers);
    headers.set('Cache-Control', 'public, max-age=86400');
    return new Response(asset.body, { status: asset.status, headers });
  },
);
