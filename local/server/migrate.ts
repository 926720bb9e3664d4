import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint, isStamped } from '../../scripts/steps/fingerprint.mjs';
import { ROOT } from '../../scripts/steps/run.mjs';
import { startMiniflare, storageIn } from './start-worker.ts';
import type { BundledWorker } from './worker-options.ts';

/** The part of a D1 database that migrations use. The types of Miniflare and of the Workers runtime both have it. */
export interface MigratedDatabase {
  prepare(query: string): Statement;
  batch(statements: Statement[]): Promise<unknown>;
}

interface Statement {
  bind(...values: unknown[]): Statement;
  run(): Promise<unknown>;
  all<Row>(): Promise<{ results: Row[] }>;
}

/** wrangler's own table of applied migrations, so that `wrangler d1 migrations` and this file agree. */
const BOOKKEEPING = `CREATE TABLE IF NOT EXISTS d1_migrations(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT UNIQUE,
  applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
)`;

/** drizzle-kit writes it between two statements of a migration. */
const BREAKPOINT = '--> statement-breakpoint';

/** Applies the migrations that a database lacks, in order and each in one batch. Throws the error of the database. */
export async function applyMigrations(db: MigratedDatabase): Promise<void> {
  await db.prepare(BOOKKEEPING).run();
  const { results } = await db.prepare('SELECT name FROM d1_migrations').all<{ name: string }>();
  const applied = new Set(results.map(({ name }) => name));
  for (const name of globSync('*.sql', { cwd: join(ROOT, 'migrations') }).sort()) {
    if (applied.has(name)) continue;
    const statements = readFileSync(join(ROOT, 'migrations', name), 'utf8').split(BREAKPOINT);
    await db.batch([
      ...statements.map((statement) => db.prepare(statement)),
      db.prepare('INSERT INTO d1_migrations (name) VALUES (?)').bind(name),
    ]);
  }
}

/**
 * Applies the migrations that the database in `stateDir` lacks. The Worker must not be running on it. A stamp file
 * beside the database holds the fingerprint of the applied migrations, so that a start without new ones is quick.
 */
export async function migrateState(
  { name, options }: BundledWorker,
  stateDir: string,
): Promise<void> {
  const stamp = join(stateDir, 'migrations.stamp');
  const print = fingerprint(['migrations']);
  if (isStamped(stamp, print) && existsSync(join(storageIn(stateDir), 'd1'))) return;
  const { compatibilityDate, d1Databases } = options;
  const miniflare = await startMiniflare({
    stateDir,
    worker: {
      name,
      compatibilityDate,
      d1Databases,
      modules: [{ type: 'ESModule', path: 'empty.js', contents: 'export default {}' }],
    },
  });
  try {
    await applyMigrations(await miniflare.getD1Database('DB'));
  } finally {
    await miniflare.dispose();
  }
  writeFileSync(stamp, print);
}
