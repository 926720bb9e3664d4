import { eq, lt } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { webhookDeliveries } from './schema.ts';

/**
 * How long a delivery is remembered. A signature is valid for 5 minutes, so an older copy of the same request is refused. A
 * retry, which has a new signature, comes within a day (https://docs.svix.com/retries).
 */
const REMEMBERED_MS = 7 * 24 * 60 * 60_000;

/** Whether the delivery with this id was handled before. */
export async function wasDelivered(d1: D1Database, id: string): Promise<boolean> {
  const rows = await drizzle(d1)
    .select({ id: webhookDeliveries.id })
    .from(webhookDeliveries)
    .where(eq(webhookDeliveries.id, id));
  return rows.length > 0;
}

/** Stores that a delivery was handled, and deletes those too old to be repeated. */
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
