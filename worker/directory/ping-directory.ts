import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { users } from './schema.ts';

/** Answers if the directory does, and has been migrated; throws what D1 throws otherwise. */
export async function pingDirectory(d1: D1Database): Promise<void> {
  await drizzle(d1).select({ one: sql`1` }).from(users).limit(1);
}
