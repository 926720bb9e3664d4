import { join } from 'node:path';
import { unstable_getMiniflareWorkerOptions, unstable_readConfig } from 'wrangler';
import * as z from 'zod/mini';
import { bundleOf, type WorkerConfig } from '../../scripts/steps/bundle.mjs';
import { ROOT } from '../../scripts/steps/run.mjs';

/** The Miniflare options that we read. wrangler produces the others, and we pass them on. */
const WorkerOptions = z.looseObject({
  compatibilityDate: z.string(),
  bindings: z.record(z.string(), z.json()),
  d1Databases: z.record(z.string(), z.looseObject({ id: z.string() })),
  assets: z.looseObject({ directory: z.string() }),
});

/** A Worker that Miniflare can run: the bundle, and the options that wrangler reads from the configuration. */
export interface BundledWorker {
  /** Part of the folder names of the storage. */
  name: string;
  /** The path of the bundle. */
  script: string;
  options: z.infer<typeof WorkerOptions>;
  /** The `[vars]` of the configuration. In `options`, `.dev.vars` has overridden them. */
  vars: Record<string, unknown>;
}

/** Reads the configuration of a Worker that `bundleWorker` has bundled. Throws if the configuration is invalid. */
export function readWorker(config: WorkerConfig): BundledWorker {
  const path = join(ROOT, config);
  const { name, vars } = unstable_readConfig({ config: path });
  if (name === undefined) throw new Error(`${config} names no Worker`);
  const { workerOptions } = unstable_getMiniflareWorkerOptions(path);
  return { name, script: bundleOf(config), options: WorkerOptions.parse(workerOptions), vars };
}

/** Returns the `[vars]` that are set in the environment of this process: `LIMIT_FRAMES_PER_SECOND=100 npm start`. */
export function fromEnvironment({ vars }: Pick<BundledWorker, 'vars'>): Record<string, string> {
  return Object.fromEntries(
    Object.keys(vars).flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
