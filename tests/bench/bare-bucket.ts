import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMiniflare } from '../../local/server/start-worker.ts';

/** A Worker that does nothing but pass a request's body to R2, or what R2 has to the response. */
const SCRIPT = `export default {
  async fetch(request, env) {
    if (request.method === 'PUT') return Response.json(await env.FILES.put('file', request.body));
    return new Response((await env.FILES.get('file')).body);
  },
};`;

/** Storage to compare with. */
export interface BareBucket {
  url: string;
  close(): Promise<void>;
}

/** Starts the bare R2 binding, with its objects on disk as Edgewise has them. */
export async function startBareBucket(): Promise<BareBucket> {
  const stateDir = mkdtempSync(join(tmpdir(), 'edgewise-bare-'));
  const miniflare = await startMiniflare({
    stateDir,
    worker: {
      name: 'bare',
      compatibilityDate: '2026-10-01',
      r2Buckets: { FILES: 'bare' },
      modules: [{ type: 'ESModule', path: 'bare.js', contents: SCRIPT }],
    },
  });
  return {
    url: String(await miniflare.ready),
    async close() {
      await miniflare.dispose();
      rmSync(stateDir, { recursive: true, force: true });
    },
  };
}
