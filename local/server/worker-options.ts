import { join } from 'node:path';
import { unstable_getMiniflareWorkerOptions, unstable_readConfig } from 'wrangler';
import * as z from 'zod/mini';
import { bundleOf, type WorkerConfig } from '../../scripts/steps/bundle.mjs';
import { ROOT } from '../../scripts/steps/run.mjs';

/** What we read ourselves of what Miniflare is given; the rest is between it and wrangler. */
const WorkerOptions = z.looseObject({
  compatibilityDate: z.string(),
  bindings: z.record(z.string(), z.json()),
  d1Databases: z.record(z.string(), z.looseObject({ id: z.string() })),
  assets: z.looseObject({ directory: z.string() }),
});

/** A Worker that Miniflare can run: its bundle, and its bindings as wrangler reads them from the configuration. */
export interface BundledWorker {
  /** Names the folders in which its objects keep their storage. */
  name: string;
  /** The path of its one script. */
  script: string;
  options: z.infer<typeof WorkerOptions>;
  /** The `[vars]` of the configuration. `options` has them too, with those of `.dev.vars` in their place. */
  vars: Record<string, unknown>;
}

/** Reads what a configuration says of the Worker; `bundleWorker` has to have bundled it. Throws where it is invalid. */
export function readWorker(config: WorkerConfig): BundledWorker {
  const path = join(ROOT, config);
  const { name, vars } = unstable_readConfig({ config: path });
  if (name === undefined) throw new Error(`${config} names no Worker`);
  const { workerOptions } = unstable_getMiniflareWorkerOptions(path);
  return { name, script: bundleOf(config), options: WorkerOptions.parse(workerOptions), vars };
}

/** What the environment of this process says of the `[vars]`: `LIMIT_FRAMES_PER_SECOND=100 npm start`. */
export function fromEnvironment({ vars }: Pick<BundledWorker, 'vars'>): Record<string, string> {
  return Object.fromEntries(
    Object.keys(vars).flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
