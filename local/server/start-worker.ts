import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  convertV4MiniflareOptions,
  Log,
  LogLevel,
  Miniflare,
  type V4SharedOptions,
  type V4WorkerOptions,
} from 'miniflare';
import { type LogLine, workerLog } from './worker-log.ts';
import type { BundledWorker } from './worker-options.ts';

/** The options of a local run. */
export interface WorkerRun {
  /** Without it, any free port. */
  port?: number;
  /** The folder of the storage. Without it, storage is in memory. */
  stateDir?: string;
  /** Override the vars of the configuration. */
  vars: Record<string, string>;
  /** Receives each line that the Worker logs. */
  log(line: LogLine): void;
  /** Answers the Worker's requests to other servers. Without it, they leave this machine. */
  outbound?: NonNullable<V4WorkerOptions['outboundService']>;
  /** Lets tests run SQL inside Durable Objects. */
  inspectable?: boolean;
}

/**
 * Starts a Worker in one workerd that listens on the port itself, on the loopback interface only, and waits until it
 * listens. Throws if it does not start, as when the port is in use.
 */
export async function startWorker(worker: BundledWorker, run: WorkerRun): Promise<Miniflare> {
  const { options, name, script } = worker;
  const read = workerLog(script);
  // Tests of the API run without a built page, but workerd does not start without the folder.
  mkdirSync(options.assets.directory, { recursive: true });
  return startMiniflare({
    port: run.port ?? 0,
    stateDir: run.stateDir,
    worker: {
      ...options,
      name,
      bindings: { ...options.bindings, ...run.vars },
      ...(run.outbound !== undefined && { outboundService: run.outbound }),
      modulesRoot: dirname(script),
      modules: [{ type: 'ESModule', path: script }],
    },
    unsafeInspectDurableObjects: run.inspectable ?? false,
    // Otherwise workerd does not log uncaught exceptions.
    verbose: true,
    handleStructuredLogs(line) {
      const readable = read(line);
      if (readable) run.log(readable);
    },
  });
}

/** Starts Miniflare with one Worker, without network requests and telemetry. */
export async function startMiniflare({
  worker,
  stateDir,
  ...options
}: V4SharedOptions & {
  worker: V4WorkerOptions;
  stateDir: string | undefined;
}): Promise<Miniflare> {
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      host: '127.0.0.1',
      cf: false,
      telemetry: { enabled: false },
      log: new Log(LogLevel.WARN),
      logRequests: false,
      ...(stateDir !== undefined && { resourcePersistencePath: storageIn(stateDir) }),
      ...options,
      workers: [worker],
    }),
  );
  await miniflare.ready;
  return miniflare;
}

/** Returns the folder below `--persist-to` in which `wrangler dev` and `wrangler d1 … --local` keep the storage. */
export function storageIn(stateDir: string): string {
  return join(stateDir, 'v3');
}
