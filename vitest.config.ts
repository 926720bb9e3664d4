import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** A project for each place where tests run; `firefox` runs only when named. Playwright runs the browser tests (`playwright.config.ts`). */
export default defineConfig({
  test: {
    // The Worker's output during a passing test is noise.
    silent: 'passed-only',
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.ts'],
          environment: 'node',
          // A limit, not an assertion: thousands of generated cases take more than 5 s on a busy machine.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        plugins: [react()],
        test: {
          name: 'web',
          include: ['tests/web/**/*.test.{ts,tsx}'],
          environment: 'happy-dom',
          setupFiles: ['tests/support/patient-queries.ts', 'tests/support/no-server.ts'],
          // A limit, not an assertion: rendering 8,000 characters takes seconds on a busy machine with two cores.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'worker',
          include: ['tests/worker/**/*.test.ts'],
          environment: 'node',
          globalSetup: 'tests/support/bundled-workers.ts',
          // Each file starts its own workerd and waits a third of the time. More at once would starve a machine with two cores.
          maxWorkers: 4,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: { name: 'firefox', include: ['tests/firefox/**/*.test.ts'], environment: 'node' },
      },
    ],
  },
});
