import type { ObjectSql } from '../../sql.ts';

/** The users whose last client has left, and when each counts as offline. Stored, because an eviction must not lose it. */
export class DepartureStore {
  readonly #sql: ObjectSql;

  constructor(sql: ObjectSql) {
    this.#sql = sql;
  }

  /** The latest time wins: a user whose socket closes may also have polled a moment ago, and stays present for that long. */
  put(userId: string, dueAt: number): void {
    this.#sql.exec(
      `INSERT INTO departures (user_id, due_at) VALUES (?, ?)
       ON CONFLICT (user_id) DO UPDATE SET due_at = max(due_at, excluded.due_at)`,
      userId,
      dueAt,
    );
  }

  all(): string[] {
    return this.#userIds('SELECT user_id FROM departures');
  }

  /** Removes and returns the users whose time has come. */
  takeDue(now: number): string[] {
    return this.#userIds('DELETE FROM departures WHERE due_at <= ? RETURNING user_id', now);
  }

  /** When the next departure is due, ms UTC; undefined without one. */
  next(): number | undefined {
    const [row] = this.#sql
      .exec<{ at: number | null }>('SELECT min(due_at) AS at FROM departures')
      .toArray();
    return row?.at ?? undefined;
  }

  #userIds(query: string, ...bindings: number[]): string[] {
    return this.#sql
      .exec<{ user_id: string }>(query, ...bindings)
      .toArray()
      .map((row) => row.user_id);
  }
}
