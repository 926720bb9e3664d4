import type { TestProject } from 'vitest/node';
import { type BundledWorker, readWorker } from '../../local/server/worker-options.ts';
import { bundleWorker } from '../../scripts/steps/bundle.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** The deployed Worker, and the one with the stand-in for Clerk. */
    workers: Record<'wrangler.toml' | 'wrangler.local.toml', BundledWorker>;
  }
}

/** Bundles both Workers once for all test files. */
export default async function setup(project: TestProject): Promise<void> {
  await bundleWorker('wrangler.toml');
  await bundleWorker('wrangler.local.toml');
  project.provide('workers', {
    'wrangler.toml': forTests(readWorker('wrangler.toml')),
    'wrangler.local.toml': forTests(readWorker('wrangler.local.toml')),
  });
}

/** Tests use the variables of the configuration, and not this machine's `.dev.vars`. */
function forTests(worker: BundledWorker): BundledWorker {
  const bindings = JSON.parse(JSON.stringify(worker.vars));
  return { ...worker, options: { ...worker.options, bindings } };
}
