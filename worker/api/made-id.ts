import { fail, ok, type Result } from '../../protocol/errors.ts';
import { claimKey } from '../directory/idempotency.ts';

/** What a request under an `Idempotency-Key` makes. */
export interface Making {
  userId: string;
  /** Undefined without a key: then a repeat makes a second thing. */
  key: string | undefined;
  /** Everything that decides what is made, parsed: parsing puts the fields in the schema's order. */
  body: object;
  /** The id to use if the key is new. */
  madeId: string;
  /** Now, ms UTC. */
  at: number;
}

/**
 * Returns the id for a new thing: with a key, the id that the directory keeps for that key. `conflict` if the key was used
 * for something else.
 */
export async function madeIdFor(
  d1: D1Database,
  { key, body, ...making }: Making,
): Promise<Result<string>> {
  if (key === undefined) return ok(making.madeId);
  const bodyHash = await hashOf(body);
  const kept = await claimKey(d1, { ...making, key, bodyHash });
  if (kept.bodyHash === bodyHash) return ok(kept.madeId);
  return fail(
    'conflict',
    'This Idempotency-Key was used for something else. Use a new key for every new request.',
  );
}

/** Hashes a body with SHA-256, as hex. */
async function hashOf(body: object): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(body));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
