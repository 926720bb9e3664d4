import { and, eq, lt } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { IDEMPOTENCY_MS } from '../../protocol/limits.ts';
import { idempotencyKeys } from './schema.ts';

/** A request to create something under a key. `madeId` is the id that it uses if the key is new. */
export interface KeyClaim {
  userId: string;
  key: string;
  bodyHash: string;
  madeId: string;
  /** Now, ms UTC. */
  at: number;
}

/**
 * Stores the key with the id before anything is created: after a crash in between, or with two requests at once, still only
 * one thing is created. Returns the stored claim, which is an earlier one if the key is not new. Deletes keys older than a
 * day first.
 */
export async function claimKey(
  d1: D1Database,
  claim: KeyClaim,
): Promise<{ bodyHash: string; madeId: string }> {
  const db = drizzle(d1);
  const { at, ...row } = claim;
  const [, , [stored]] = await db.batch([
    db.delete(idempotencyKeys).where(lt(idempotencyKeys.createdAt, at - IDEMPOTENCY_MS)),
    db
      .insert(idempotencyKeys)
      .values({ ...row, createdAt: at })
      .onConflictDoNothing(),
    db
      .select({ bodyHash: idempotencyKeys.bodyHash, madeId: idempotencyKeys.madeId })
      .from(idempotencyKeys)
      .where(and(eq(idempotencyKeys.userId, claim.userId), eq(idempotencyKeys.key, claim.key))),
  ]);
  if (stored === undefined) throw new Error('an idempotency key was not stored');
  return stored;
}
