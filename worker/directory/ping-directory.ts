import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { users } from './schema.ts';

/** Resolves if D1 answers and has been migrated. Throws what D1 throws. */
export async function pingDirectory(d1: D1Database): Promise<void> {
  await drizzle(d1).select({ one: sql`1` }).from(users).limit(1);
}
