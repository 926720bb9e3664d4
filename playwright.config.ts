import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

const PORT = process.env['E2E_PORT'] ?? '4390';
const SYSTEM_CHROMIUM = '/usr/bin/chromium';

/** The data of this run. The main process creates it, and the workers inherit the variable. */
if (process.env['E2E_STATE_DIR'] === undefined) {
  const stateDir = mkdtempSync(join(tmpdir(), 'edgewise-e2e-'));
  process.env['E2E_STATE_DIR'] = stateDir;
  process.on('exit', () => rmSync(stateDir, { recursive: true, force: true }));
}

/** The browser tests: the built page and the real Worker, as `npm start` serves them. */
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: '.playwright/results',
  fullyParallel: true,
  workers: 2,
  forbidOnly: process.env['CI'] !== undefined,
  // A test that passes only the second time shows a fault. Where a change waits for the result, `.ci/run` names it and lets it pass.
  retries: Number(process.env['E2E_RETRIES'] ?? 0),
  // Limits, not assertions: on a busy machine with two cores a page takes more than ten seconds to open.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  use: {
    baseURL: `http://localhost:${PORT}`,
    // Recording every test for the few that fail takes a third of the time; what a page showed is kept in any case.
    trace: process.env['E2E_TRACE'] === undefined ? 'off' : 'retain-on-failure',
    // A service worker would cache the whole page in every new browser; tests of that allow it.
    serviceWorkers: 'block',
    launchOptions: {
      ...(existsSync(SYSTEM_CHROMIUM) ? { executablePath: SYSTEM_CHROMIUM } : {}),
      args: [
        // Chromium refuses to run sandboxed as root, which is usual in containers.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  webServer: {
    command: 'node scripts/start.mjs',
    url: `http://localhost:${PORT}/api/health`,
    env: { PORT, STATE_DIR: process.env['E2E_STATE_DIR'], DEMO: '0' },
    timeout: 180_000,
    stdout: 'ignore',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
  },
});
