import { eq, lt } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { webhookDeliveries } from './schema.ts';

/**
 * How long a delivery is remembered. The signature is good for 5 minutes, so an older repeat of the same request is
 * refused by it; a new try of the same delivery, signed anew, comes within a day (https://docs.svix.com/retries).
 */
const REMEMBERED_MS = 7 * 24 * 60 * 60_000;

/** Whether this delivery was handled before. */
export async function wasDelivered(d1: D1Database, id: string): Promise<boolean> {
  const rows = await drizzle(d1)
    .select({ id: webhookDeliveries.id })
    .from(webhookDeliveries)
    .where(eq(webhookDeliveries.id, id));
  return rows.length > 0;
}

/** Remembers that a delivery was handled, and forgets those that can not come again. */
export async function recordDelivery(
  d1: D1Database,
  id: string,
  receivedAt: number,
): Promise<void> {
  const db = drizzle(d1);
  await db.batch([
    db.insert(webhookDeliveries).values({ id, receivedAt }).onConflictDoNothing(),
    db
      .delete(webhookDeliveries)
      .where(lt(webhookDeliveries.receivedAt, receivedAt - REMEMBERED_MS)),
  ]);
}
