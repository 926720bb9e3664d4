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

/** How a Worker runs on this machine. */
export interface WorkerRun {
  /** Undefined takes any free one. */
  port?: number;
  /** Where storage is kept; undefined: in memory, until it stops. */
  stateDir?: string;
  /** Replace those of the configuration. */
  vars: Record<string, string>;
  /** Receives each line that the Worker logs. */
  log(line: LogLine): void;
  /** Lets tests run SQL inside objects. */
  inspectable?: boolean;
}

/**
 * Starts a Worker in one workerd that listens on the port itself, on the loopback interface only, and waits until it
 * does. Throws where it does not start, as on a port in use.
 */
export async function startWorker(worker: BundledWorker, run: WorkerRun): Promise<Miniflare> {
  const { options, name, script } = worker;
  const read = workerLog(script);
  // The page, which tests of the API do not need; without its folder the Worker does not start.
  mkdirSync(options.assets.directory, { recursive: true });
  return startMiniflare({
    port: run.port ?? 0,
    stateDir: run.stateDir,
    worker: {
      ...options,
      name,
      bindings: { ...options.bindings, ...run.vars },
      modulesRoot: dirname(script),
      modules: [{ type: 'ESModule', path: script }],
    },
    unsafeInspectDurableObjects: run.inspectable ?? false,
    // Without it workerd keeps quiet about what no handler caught.
    verbose: true,
    handleStructuredLogs(line) {
      const readable = read(line);
      if (readable) run.log(readable);
    },
  });
}

/** Starts Miniflare with one Worker. It asks the network for nothing, and reports nothing. */
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

/** Where `wrangler dev` and `wrangler d1 … --local` keep everything, below what they call `--persist-to`. */
export function storageIn(stateDir: string): string {
  return join(stateDir, 'v3');
}
