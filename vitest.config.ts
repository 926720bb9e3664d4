import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** Three kinds of test, by what they run in; the browser's are Playwright's (`playwright.config.ts`). */
export default defineConfig({
  test: {
    // What a passing test made the Worker say is nothing that anybody wants to read.
    silent: 'passed-only',
    projects: [
      { test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], environment: 'node' } },
      {
        plugins: [react()],
        test: {
          name: 'web',
          include: ['tests/web/**/*.test.{ts,tsx}'],
          environment: 'happy-dom',
          setupFiles: 'tests/support/patient-queries.ts',
          // Nothing here is about time: on a busy machine of two cores drawing 8,000 characters takes seconds.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'worker',
          include: ['tests/worker/**/*.test.ts'],
          environment: 'node',
          globalSetup: 'tests/support/bundled-workers.ts',
          // Each file starts a workerd of its own, and waits most of the time: more at once would starve a small machine.
          maxWorkers: 2,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
