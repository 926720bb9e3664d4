import { Hono } from 'hono';
import type { LocalEnv } from '../local-env.ts';

/** Returns the folder of the assets into which the build copies the scripts of a package. */
function folderOf(packageAndVersion: string): string {
  return packageAndVersion.startsWith('ui@') ? 'clerk-ui' : 'clerk-js';
}

/**
 * Serves Clerk's browser code at the paths that its loader requests. The installed version answers a request for any
 * version.
 */
export const scriptFiles = new Hono<{ Bindings: LocalEnv }>().get(
  '/__clerk/npm/@clerk/:package{(clerk-js|ui)@[^/]+}/dist/:file{[A-Za-z0-9._-]+\\.js}',
  async (c) => {
    const path = `/${folderOf(c.req.param('package'))}/${c.req.param('file')}`;
    // With the headers of the request, so that a browser that has the file gets 304.
    const asset = await c.env.ASSETS.fetch(new Request(new URL(path, c.req.url), c.req.raw));
    // For a missing file the assets binding returns the page, which is not a script.
    const isPage = asset.headers.get('Content-Type')?.startsWith('text/html') ?? false;
    return isPage ? c.notFound() : asset;
  },
);
