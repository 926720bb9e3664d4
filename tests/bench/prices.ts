/**
 * What Cloudflare charges for rows that are written, in dollars. A Durable Object's rows include entries of indexes and alarms.
 * https://developers.cloudflare.com/durable-objects/platform/pricing/ and https://developers.cloudflare.com/d1/platform/pricing/,
 * both read on 2026-11-28.
 */
export const PRICES = {
  /** Workers Paid, a month. */
  plan: 5,
  /** For a million rows above those that are included, of Durable Objects and of D1 alike. */
  millionRows: 1,
  /** Included in a month, of Durable Objects and of D1 each. */
  includedRows: 50_000_000,
  /** What the free plan allows on a day, of Durable Objects and of D1 each. */
  freeRowsADay: 100_000,
};
