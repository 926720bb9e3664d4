import { setTimeout as sleep } from 'node:timers/promises';
import type { D1Database, DurableObjectNamespace, R2Bucket } from '@cloudflare/workers-types';
import { inject } from 'vitest';
import type { LocalClerk } from '../../local/clerk/local-clerk.ts';
import { applyMigrations } from '../../local/server/migrate.ts';
import { startWorker } from '../../local/server/start-worker.ts';
import type { Env } from '../../worker/env.ts';
import { inboxOf } from '../../worker/inbox/inbox-of.ts';
import type { InboxRpc } from '../../worker/inbox/inbox-rpc.ts';
import { roomOf } from '../../worker/room/room-of.ts';
import type { RoomRpc } from '../../worker/room/room-rpc.ts';
import { browserFetch } from './browser-fetch.ts';
import { type Person, signIn } from './person.ts';
import type { PushService } from './push-service.ts';
import { NEVER_HOT, SOON_SETTLED, UNLIMITED_GROUPS } from './unlimited.ts';

/** How often the platform is asked to evict an object that is busy. */
const EVICTIONS = 3;

/** The bindings that tests use. */
interface TestEnv {
  DB: D1Database;
  FILES: R2Bucket;
  ROOM: Env['ROOM'];
  INBOX: Env['INBOX'];
  LOCAL_CLERK_OBJECT: DurableObjectNamespace<LocalClerk>;
}

/** A running Edgewise with its own empty storage: the real Worker in workerd, over real HTTP and WebSockets. */
export interface Edgewise {
  url: string;
  origin: string;
  db: D1Database;
  files: R2Bucket;
  signIn(name: string): Promise<Person>;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** What the Worker calls on a Room. An object that was called so cannot be evicted any more. */
  room(groupId: string): RoomRpc;
  /** What the Worker and Rooms call on a user's Inbox. */
  inbox(userId: string): InboxRpc;
  /** Drops the Room's memory, if it has any, as the platform does when it is idle; its sockets stay open, hibernated. */
  evictRoom(groupId: string): Promise<void>;
  /** Drops the memory of a user's Inbox, likewise. */
  evictInbox(userId: string): Promise<void>;
  /** Runs SQL inside a user's Inbox; returns all rows. */
  inboxSql(userId: string, sql: string): Promise<Record<string, unknown>[]>;
  /** Drops the memory of the Upload of a file, likewise. */
  evictUpload(fileId: string): Promise<void>;
  /** Runs SQL inside the Upload of a file; returns all rows. */
  uploadSql(fileId: string, sql: string): Promise<Record<string, unknown>[]>;
  /** Drops the memory of the stand-in for Clerk. */
  evictLocalClerk(): Promise<void>;
  /** Runs SQL inside the stand-in for Clerk. */
  localClerkSql(sql: string): Promise<Record<string, unknown>[]>;
  /** The credentials that the stand-in for Clerk gives the Worker. */
  localClerkCredentials(): Promise<unknown>;
  /** Runs SQL inside the Room; returns all rows. */
  roomSql(groupId: string, sql: string, ...params: unknown[]): Promise<Record<string, unknown>[]>;
  /** Runs what the cron runs, as if it were `at`, ms UTC. */
  runSchedule(at: number): Promise<void>;
  /** The lines that the Worker has logged. */
  logs(): string[];
  close(): Promise<void>;
}

/** How an Edgewise differs from a local run. */
export interface EdgewiseOptions {
  /** Replace those of the configuration, and the defaults of tests: no Room becomes hot, and people may create any number of groups. */
  vars?: Record<string, string>;
  /** Sends pushes to this service, with its vars. No other request of the Worker leaves this machine then. */
  push?: PushService;
  /** The local one, with the stand-in for Clerk, by default. */
  config?: 'wrangler.local.toml' | 'wrangler.toml';
}

/** Starts an Edgewise; the caller closes it. */
export async function startEdgewise(options: EdgewiseOptions = {}): Promise<Edgewise> {
  const worker = inject('workers')[options.config ?? 'wrangler.local.toml'];
  const logs: string[] = [];
  const miniflare = await startWorker(worker, {
    vars: {
      ...NEVER_HOT,
      ...UNLIMITED_GROUPS,
      ...SOON_SETTLED,
      ...options.push?.vars,
      ...options.vars,
    },
    ...(options.push && { outbound: options.push.fetch }),
    log: ({ message }) => logs.push(message),
    inspectable: true,
  });
  const { origin } = await miniflare.ready;
  const env = await miniflare.getBindings<TestEnv>();
  await applyMigrations(env.DB);
  const clerk = { name: 'local' };
  const evict = async (className: 'Room' | 'Inbox' | 'Upload', name: string, tries = EVICTIONS) => {
    try {
      const how = { name, webSockets: 'hibernate' } as const;
      await miniflare.unsafeEvictDurableObject(worker.name, className, how);
    } catch (error) {
      if (/not currently running/.test(String(error))) return;
      // On a busy machine its alarm may still be running.
      if (tries === 1 || !/still has active references/.test(String(error))) throw error;
      await evict(className, name, tries - 1);
    }
  };

  return {
    url: origin,
    origin,
    db: env.DB,
    files: env.FILES,
    signIn: (name) => signIn(origin, name),
    fetch: (path, init) => browserFetch(new URL(path, origin), init),
    room: (groupId) => roomOf(env, groupId),
    inbox: (userId) => inboxOf(env, userId),
    async evictRoom(groupId) {
      // The platform evicts what is idle, and a Room that collects cursors is not.
      await sleep(2 * Number(SOON_SETTLED.ROOM_COLLECT_CURSORS_MS));
      await evict('Room', groupId);
    },
    evictInbox: (userId) => evict('Inbox', userId),
    async inboxSql(userId, sql) {
      const storage = await miniflare.unsafeGetDurableObjectStorage(worker.name, 'Inbox', {
        name: userId,
      });
      return storage.exec(sql);
    },
    evictUpload: (fileId) => evict('Upload', fileId),
    async uploadSql(fileId, sql) {
      const storage = await miniflare.unsafeGetDurableObjectStorage(worker.name, 'Upload', {
        name: fileId,
      });
      return storage.exec(sql);
    },
    evictLocalClerk: () =>
      miniflare.unsafeEvictDurableObject(worker.name, 'LocalClerk', { ...clerk }),
    async localClerkSql(sql) {
      const storage = await miniflare.unsafeGetDurableObjectStorage(
        worker.name,
        'LocalClerk',
        clerk,
      );
      return storage.exec(sql);
    },
    localClerkCredentials() {
      const { LOCAL_CLERK_OBJECT: objects } = env;
      return objects.get(objects.idFromName('local')).credentials();
    },
    async roomSql(groupId, sql, ...params) {
      const storage = await miniflare.unsafeGetDurableObjectStorage(worker.name, 'Room', {
        name: groupId,
      });
      return storage.exec(sql, ...params);
    },
    async runSchedule(at) {
      const fetcher = await miniflare.getWorker(worker.name);
      await fetcher.scheduled({ scheduledTime: new Date(at) });
    },
    logs: () => logs,
    close: () => miniflare.dispose(),
  };
}
