import type { RoomSql } from './sql.ts';

/** Whose last client went, and when they count as offline. On the agenda like all that must survive an eviction. */
export class DepartureStore {
  readonly #sql: RoomSql;

  constructor(sql: RoomSql) {
    this.#sql = sql;
  }

  /** The latest time wins: somebody whose socket closes may have polled a moment ago, and is here until that has passed. */
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

  /** Takes those out whose time has come. */
  takeDue(now: number): string[] {
    return this.#userIds('DELETE FROM departures WHERE due_at <= ? RETURNING user_id', now);
  }

  /** When the next one is due, if any is. */
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
