import * as z from 'zod/mini';
import { InboxEntry } from '../../../protocol/rest.ts';
import type { ObjectSql } from '../../sql.ts';

/** An entry as its Room had it at this counter. `isOutdated`: it has changed since, and the Room must be asked. */
export interface StoredEntry {
  /** Undefined while the group is hidden: what is stored then saves asking its Room. */
  entry: InboxEntry | undefined;
  counter: number;
  isOutdated: boolean;
}

/** A stored entry; null for a hidden group. */
const Stored = z.nullable(InboxEntry);

type EntryRow = { group_id: string; entry: string; counter: number; outdated: number };

/**
 * The groups of one user, as their Rooms answered last. What Rooms send while a client is open is kept in memory only: a row
 * is written when an entry becomes outdated for the first time, and when its Room has been asked again.
 */
export class EntryStore {
  readonly #sql: ObjectSql;
  readonly #outdated: Set<string>;

  constructor(sql: ObjectSql) {
    this.#sql = sql;
    this.#outdated = new Set(
      sql
        .exec<{ group_id: string }>('SELECT group_id FROM entries WHERE outdated = 1')
        .toArray()
        .map((row) => row.group_id),
    );
  }

  /** All entries by group. One that this version cannot read is left out, and asked for. */
  all(): Map<string, StoredEntry> {
    const rows = this.#sql.exec<EntryRow>('SELECT * FROM entries').toArray();
    return new Map(
      rows.flatMap(({ group_id, entry, counter, outdated }) => {
        const { data } = Stored.safeParse(JSON.parse(entry));
        if (data === undefined) return [];
        return [[group_id, { entry: data ?? undefined, counter, isOutdated: outdated === 1 }]];
      }),
    );
  }

  put(groupId: string, entry: InboxEntry | undefined, counter: number): void {
    this.#sql.exec(
      'INSERT OR REPLACE INTO entries (group_id, entry, counter, outdated) VALUES (?, ?, ?, 0)',
      groupId,
      JSON.stringify(entry ?? null),
      counter,
    );
    this.#outdated.delete(groupId);
  }

  /** The Room has a newer entry. `entry` is stored for a group without one. */
  markOutdated(groupId: string, entry: InboxEntry | undefined): void {
    if (this.#outdated.has(groupId)) return;
    this.#sql.exec(
      `INSERT INTO entries (group_id, entry, counter, outdated) VALUES (?, ?, 0, 1)
       ON CONFLICT (group_id) DO UPDATE SET outdated = 1`,
      groupId,
      JSON.stringify(entry ?? null),
    );
    this.#outdated.add(groupId);
  }

  remove(groupId: string): void {
    this.#sql.exec('DELETE FROM entries WHERE group_id = ?', groupId);
    this.#outdated.delete(groupId);
  }
}
