import { and, eq, lt } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { IDEMPOTENCY_MS } from '../../protocol/limits.ts';
import { idempotencyKeys } from './schema.ts';

/** A request that wants to make something under a key. `madeId` is the id it will use if the key is new. */
export interface KeyClaim {
  userId: string;
  key: string;
  bodyHash: string;
  madeId: string;
  /** Now, ms UTC. */
  at: number;
}

/**
 * Keeps the key with the id that is about to be made, before it is made: a crash between the two, or two requests at
 * once, then still make one thing. Gives what is kept, which is an earlier claim's if the key is not new.
 * Keys older than a day are forgotten first (protocol.md, REST).
 */
export async function claimKey(
  d1: D1Database,
  claim: KeyClaim,
): Promise<{ bodyHash: string; madeId: string }> {
  const db = drizzle(d1);
  const { at, ...row } = claim;
  const [, , [kept]] = await db.batch([
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
  if (kept === undefined) throw new Error('an idempotency key was not kept');
  return kept;
}
