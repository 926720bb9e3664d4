import { Hono } from 'hono';
import type { LocalEnv } from '../local-env.ts';

/** The folder of the assets that the build copies the package's script files to. */
function folderOf(packageAndVersion: string): string {
  return packageAndVersion.startsWith('ui@') ? 'clerk-ui' : 'clerk-js';
}

/**
 * The script files of Clerk's own browser code, at the addresses where its loader asks for them. Whatever version it
 * asks for, it gets the one that is installed.
 */
export const scriptFiles = new Hono<{ Bindings: LocalEnv }>().get(
  '/__clerk/npm/@clerk/:package{(clerk-js|ui)@[^/]+}/dist/:file{[A-Za-z0-9._-]+\\.js}',
  async (c) => {
    const path = `/${folderOf(c.req.param('package'))}/${c.req.param('file')}`;
    // With the request's own headers: a browser that holds the file is told that it has not changed.
    const asset = await c.env.ASSETS.fetch(new Request(new URL(path, c.req.url), c.req.raw));
    // Without such a file the assets answer with the page, which no script may be.
    const isPage = asset.headers.get('Content-Type')?.startsWith('text/html') ?? false;
    return isPage ? c.notFound() : asset;
  },
);
