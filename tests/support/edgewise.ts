import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { D1Database, DurableObjectNamespace, R2Bucket } from '@cloudflare/workers-types';
import { createTestHarness } from 'wrangler';
import { QUIET } from '../../scripts/steps/run.mjs';
import type { LocalClerk } from '../../worker/local-clerk/local-clerk.ts';
import { type Person, signIn } from './person.ts';

// The tools read these whenever they start something.
Object.assign(process.env, QUIET);

const ROOT = join(import.meta.dirname, '../..');

/** The bindings that a test looks into. */
interface TestEnv {
  DB: D1Database;
  FILES: R2Bucket;
  ROOM: DurableObjectNamespace;
  LOCAL_CLERK_OBJECT: DurableObjectNamespace<LocalClerk>;
}

/** A running Edgewise with empty storage of its own: the real Worker in workerd, behind real HTTP and WebSockets. */
export interface Edgewise {
  url: string;
  origin: string;
  db: D1Database;
  files: R2Bucket;
  signIn(name: string): Promise<Person>;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Drops the Room's memory as the platform does after a while without work; its sockets stay open, hibernated. */
  evictRoom(groupId: string): Promise<void>;
  /** Drops the memory of the stand-in for Clerk. */
  evictLocalClerk(): Promise<void>;
  /** Runs SQL inside the stand-in for Clerk. */
  localClerkSql(sql: string): Promise<Record<string, unknown>[]>;
  /** What the stand-in for Clerk tells the Worker about itself. */
  localClerkCredentials(): Promise<unknown>;
  /** Runs SQL inside the Room, and gives all rows. */
  roomSql(groupId: string, sql: string, ...params: unknown[]): Promise<Record<string, unknown>[]>;
  /** What the Worker logged so far, a line each. */
  logs(): string[];
  close(): Promise<void>;
}

/** How to start an Edgewise that is not as in local runs. */
export interface EdgewiseOptions {
  /** Replace those of the configuration. */
  vars?: Record<string, string>;
  /** The local one, with the stand-in for Clerk, unless said otherwise. */
  config?: 'wrangler.local.toml' | 'wrangler.toml';
}

/** Starts an Edgewise. */
export async function startEdgewise(options: EdgewiseOptions = {}): Promise<Edgewise> {
  // The configurations serve the built page from here; tests of the API need no page.
  for (const folder of ['dist/local', 'dist/web'])
    mkdirSync(join(ROOT, folder), { recursive: true });
  const harness = createTestHarness({
    root: ROOT,
    workers: [
      {
        configPath: `./${options.config ?? 'wrangler.local.toml'}`,
        ...(options.vars === undefined ? {} : { vars: options.vars }),
      },
    ],
  });
  const origin = (await harness.listen()).url.origin;
  const worker = harness.getWorker<TestEnv>();
  await worker.applyD1Migrations('DB');
  const env = await worker.getEnv();

  return {
    url: origin,
    origin,
    db: env.DB,
    files: env.FILES,
    signIn: (name) => signIn(origin, name),
    fetch: (path, init) => fetch(new URL(path, origin), init),
    evictRoom: (groupId) =>
      worker.evictDurableObject('ROOM', { name: groupId, webSockets: 'hibernate' }),
    evictLocalClerk: () => worker.evictDurableObject('LOCAL_CLERK_OBJECT', { name: 'local' }),
    async localClerkSql(sql) {
      const storage = await worker.getDurableObjectStorage('LOCAL_CLERK_OBJECT', { name: 'local' });
      return storage.exec(sql);
    },
    localClerkCredentials() {
      const { LOCAL_CLERK_OBJECT: objects } = env;
      return objects.get(objects.idFromName('local')).credentials();
    },
    async roomSql(groupId, sql, ...params) {
      const storage = await worker.getDurableObjectStorage('ROOM', { name: groupId });
      return storage.exec(sql, ...params);
    },
    logs: () => harness.getLogs().map((line) => line.message),
    close: () => harness.close(),
  };
}
