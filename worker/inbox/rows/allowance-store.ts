import type { Clock } from '../../clock.ts';
import type { ObjectSql } from '../../sql.ts';

/** What a user may do only so often in an hour, because it reaches other people. */
export type Allowance = 'people_added' | 'invites_made';

const HOUR_MS = 60 * 60_000;

/** How much of each allowance the user has spent in the current hour, which begins with the first use. */
export class AllowanceStore {
  readonly #sql: ObjectSql;
  readonly #clock: Clock;

  constructor(sql: ObjectSql, clock: Clock) {
    this.#sql = sql;
    this.#clock = clock;
  }

  /** Spends `amount` of an allowance of `most` an hour and returns 0, or spends nothing and returns how long to wait, ms. */
  spend(what: Allowance, amount: number, most: number): number {
    const now = this.#clock();
    const [row] = this.#sql
      .exec<{ since: number; spent: number }>(
        'SELECT since, spent FROM allowances WHERE what = ? AND since > ?',
        what,
        now - HOUR_MS,
      )
      .toArray();
    const { since, spent } = row ?? { since: now, spent: 0 };
    if (spent + amount > most) return since + HOUR_MS - now;
    this.#sql.exec(
      'INSERT OR REPLACE INTO allowances (what, since, spent) VALUES (?, ?, ?)',
      what,
      since,
      spent + amount,
    );
    return 0;
  }
}
