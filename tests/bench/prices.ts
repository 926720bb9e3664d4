import type { Cost } from '../support/room-costs.ts';

/**
 * What a million written rows cost beyond the 50 million a month that the Workers Paid plan includes, in dollars; the same for
 * D1 and for Durable Objects with SQLite. https://developers.cloudflare.com/d1/platform/pricing/ and
 * https://developers.cloudflare.com/durable-objects/platform/pricing/, read on 2026-11-28.
 */
const DOLLARS_PER_MILLION = 1;
const INCLUDED_ROWS = 50_000_000;

/** How much an active person does on a working day: a lively team's. Each message stands alone, and 20 people see it at once. */
const A_DAY = {
  'a message that 20 receive and read': 30,
  'a reply in a followed thread': 10,
  'a reaction': 10,
  'an edit': 3,
} as const;
const WORKING_DAYS = 22;

/** The rows that a team of this many active people writes in a day, as measured for each kind of change. */
export function dailyRows(people: number, costs: ReadonlyMap<string, Cost>): Cost {
  const sum = { room: 0, d1: 0 };
  for (const [change, times] of Object.entries(A_DAY)) {
    const cost = costs.get(change);
    if (!cost) throw new Error(`${change} was not measured`);
    sum.room += people * times * cost.room;
    sum.d1 += people * times * cost.d1;
  }
  return sum;
}

/** What the rows of a month cost beyond those that are included, in dollars. */
export function monthlyDollars(rowsADay: number): number {
  const rows = rowsADay * WORKING_DAYS;
  return (Math.max(rows - INCLUDED_ROWS, 0) / 1_000_000) * DOLLARS_PER_MILLION;
}
