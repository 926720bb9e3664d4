import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { LOCAL_CLERK_STAND_IN } from '../../../local/clerk/session-token.ts';
import { Problem } from '../../../protocol/errors.ts';
import { clerkInstance } from '../../support/clerk-instance.ts';
import type { Edgewise } from '../../support/edgewise.ts';
import { edgewiseOfTest, sharedEdgewise } from '../../support/shared-edgewise.ts';

// The stand-in for Clerk signs anyone in. Each safeguard tested here is enough to keep it out of a deployed Edgewise.

const ROOT = join(import.meta.dirname, '../../..');
const TICKET = { method: 'POST', body: new URLSearchParams('strategy=ticket&ticket=demo:Ada') };
const API_ROUTES = ['/api/config', '/api/health', '/api/users/me', '/api/groups', '/api/nowhere'];

describe('a bundle', () => {
  /** The scripts that `wrangler deploy` would upload for a configuration. */
  async function bundleOf(config: string): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'edgewise-bundle-'));
    try {
      const wrangler = join(ROOT, 'node_modules/wrangler/bin/wrangler.js');
      const flags = ['deploy', '--dry-run', '--minify', '--config', config, '--outdir', folder];
      await promisify(execFile)(process.execPath, [wrangler, ...flags], { cwd: ROOT });
      const scripts = (await readdir(folder)).filter((name) => name.endsWith('.js'));
      expect(scripts).not.toEqual([]);
      const texts = await Promise.all(scripts.map((name) => readFile(join(folder, name), 'utf8')));
      return texts.join('\n');
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  test('that is deployed contains nothing of the stand-in, and the local one does', async () => {
    const deployed = await bundleOf('wrangler.toml');
    for (const trace of [LOCAL_CLERK_STAND_IN, '/__clerk', 'demo.localhost']) {
      expect(deployed).not.toContain(trace);
    }
    expect(await bundleOf('wrangler.local.toml')).toContain(LOCAL_CLERK_STAND_IN);
  }, 60_000);
});

describe('the deployed Worker without a complete configuration', () => {
  const { CLERK_JWT_KEY: _, ...incomplete } = clerkInstance().vars('https://chat.example.com');
  const edgewise = sharedEdgewise({
    config: 'wrangler.toml',
    vars: { ...incomplete, LOCAL_CLERK: '1' },
  });

  test.for(API_ROUTES)('answers 503 on %s, even with LOCAL_CLERK set', async (path) => {
    const response = await edgewise.fetch(path);
    expect(response.status).toBe(503);
    expect(Problem.parse(await response.json()).code).toBe('unavailable');
  });

  test('refuses webhooks and sockets', async () => {
    expect((await edgewise.fetch('/api/webhooks/clerk', { method: 'POST' })).status).toBe(503);
    const upgrade = { headers: { connection: 'upgrade', upgrade: 'websocket' } };
    const path = '/api/groups/01890000-0000-7000-8000-000000000000/socket';
    expect((await get(edgewise, path, upgrade.headers)).status).toBe(503);
  });

  test('logs the missing variable, and no secret', async () => {
    await edgewise.fetch('/api/config');
    const log = edgewise.logs().join('\n');
    expect(log).toContain('CLERK_JWT_KEY');
    expect(log).not.toContain('sk_live_never_sent_anywhere');
  });

  test('has no stand-in', async () => {
    const response = await edgewise.fetch('/__clerk/v1/client/sign_ins', TICKET);
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(await response.text()).not.toContain('"jwt"');
  });
});

describe('the local Worker with the keys of a real instance', () => {
  const ORIGIN = 'https://chat.example.com';
  const clerk = clerkInstance();

  test('has no stand-in, and accepts tokens of the real instance only', async () => {
    const edgewise = await edgewiseOfTest({ vars: { LOCAL_CLERK: '1', ...clerk.vars(ORIGIN) } });
    for (const path of ['/__clerk', '/__clerk/v1/client', '/__clerk/v1/environment']) {
      expect((await edgewise.fetch(path)).status).toBe(404);
    }
    expect((await edgewise.fetch('/__clerk/v1/client/sign_ins', TICKET)).status).toBe(404);
    const headers = { authorization: `Bearer ${clerk.token('user_ada', ORIGIN)}` };
    expect((await edgewise.fetch('/api/users?ids=nobody', { headers })).status).toBe(200);
  });

  test.for(['CLERK_SECRET_KEY', 'CLERK_JWT_KEY'])('is off once %s is set', async (name) => {
    const vars = { LOCAL_CLERK: '1', [name]: clerk.vars(ORIGIN)[name] ?? '' };
    const edgewise = await edgewiseOfTest({ vars });
    expect((await edgewise.fetch('/__clerk/v1/client/sign_ins', TICKET)).status).toBe(404);
    expect((await edgewise.fetch('/api/config')).status).toBe(503);
  });
});

describe('the local Worker', () => {
  const edgewise = sharedEdgewise();

  test("refuses requests for any host name but this machine's", async () => {
    for (const path of ['/', '/__clerk/v1/client', '/__clerk/npm/@clerk/ui@1/x', ...API_ROUTES]) {
      expect(await get(edgewise, path, { host: 'chat.example.com' })).toMatchObject({
        status: 403,
      });
    }
    expect((await get(edgewise, '/api/config', { host: 'localhost' })).status).toBe(200);
  });

  test('is off unless LOCAL_CLERK is set', async () => {
    const other = await edgewiseOfTest({ vars: { LOCAL_CLERK: '0' } });
    expect((await other.fetch('/__clerk/v1/client')).status).toBe(404);
    expect((await other.fetch('/api/config')).status).toBe(503);
  });

  test('has a private key of its own, and never reveals it', async () => {
    await edgewise.fetch('/api/config');
    const [first] = await edgewise.localClerkSql('SELECT private_key, public_key FROM credentials');
    const other = await edgewiseOfTest();
    await other.fetch('/api/config');
    const [second] = await other.localClerkSql('SELECT private_key FROM credentials');
    expect(second?.['private_key']).toMatch(/^-----BEGIN PRIVATE KEY-----/);
    expect(second?.['private_key']).not.toBe(first?.['private_key']);
    expect(await edgewise.localClerkCredentials()).not.toHaveProperty('privateKey');
  });

  test('answers its Backend API only with the secret key', async () => {
    const ada = await edgewise.signIn('Ada');
    const path = `/__clerk/backend/v1/users/${ada.userId}`;
    for (const authorization of ['', 'Bearer', `Bearer ${await ada.token()}`]) {
      expect((await edgewise.fetch(path, { headers: { authorization } })).status).toBe(401);
    }
  });
});

/** Sends a GET with headers that `fetch` does not allow. */
async function get(
  edgewise: Edgewise,
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number | undefined }> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, edgewise.url), { headers }, (response) => {
      response.resume();
      response.once('end', () => resolve({ status: response.statusCode }));
    });
    sent.once('upgrade', (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode });
    });
    sent.once('error', reject);
    sent.end();
  });
}
