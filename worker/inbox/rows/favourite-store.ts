import * as z from 'zod/mini';
import { GroupId } from '../../../protocol/ids.ts';
import type { ObjectSql } from '../../sql.ts';

const Stored = z.array(GroupId);

/** The favourites of the Inbox's user in their order, as one row: a move writes one, wherever it goes. */
export class FavouriteStore {
  readonly #sql: ObjectSql;

  constructor(sql: ObjectSql) {
    this.#sql = sql;
  }

  /** None before the first `put`, or for a list that this version cannot read. */
  read(): string[] {
    const [row] = this.#sql
      .exec<{ group_ids: string }>('SELECT group_ids FROM favourites')
      .toArray();
    return (row && Stored.safeParse(JSON.parse(row.group_ids)).data) ?? [];
  }

  put(groupIds: readonly string[]): void {
    this.#sql.exec(
      'INSERT OR REPLACE INTO favourites (one, group_ids) VALUES (1, ?)',
      JSON.stringify(groupIds),
    );
  }
}
