import type { Clock } from '../../clock.ts';
import type { ObjectSql } from '../../sql.ts';

/** What a user may do only so often in an hour, because it reaches other people. */
export type Allowance =
  | 'people_added'
  | 'invites_made'
  | 'groups_created'
  | 'direct_groups_created'
  | 'profile_changes';

/** How much of an allowance to spend, of how much an hour. */
export interface Spending {
  what: Allowance;
  amount: number;
  most: number;
}

const HOUR_MS = 60 * 60_000;

/** How much of each allowance the user has spent in the current hour, which begins with the first use. */
export class AllowanceStore {
  readonly #sql: ObjectSql;
  readonly #clock: Clock;

  constructor(sql: ObjectSql, clock: Clock) {
    this.#sql = sql;
    this.#clock = clock;
  }

  /** How long to wait until all of this may be spent, ms; 0 if it may be spent now. */
  waitFor({ what, amount, most }: Spending): number {
    const { since, spent } = this.#current(what);
    return spent + amount > most ? since + HOUR_MS - this.#clock() : 0;
  }

  /** Spends `amount` of an allowance, however much is left. */
  spend({ what, amount }: Spending): void {
    const { since, spent } = this.#current(what);
    this.#sql.exec(
      'INSERT OR REPLACE INTO allowances (what, since, spent) VALUES (?, ?, ?)',
      what,
      since,
      spent + amount,
    );
  }

  #current(what: Allowance): { since: number; spent: number } {
    const now = this.#clock();
    const [row] = this.#sql
      .exec<{ since: number; spent: number }>(
        'SELECT since, spent FROM allowances WHERE what = ? AND since > ?',
        what,
        now - HOUR_MS,
      )
      .toArray();
    return row ?? { since: now, spent: 0 };
  }
}
