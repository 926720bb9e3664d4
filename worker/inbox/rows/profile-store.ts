import { User } from '../../../protocol/models.ts';
import type { ObjectSql } from '../../sql.ts';

/** The last known profile of the Inbox's user, for when the directory cannot be read. */
export class ProfileStore {
  readonly #sql: ObjectSql;

  constructor(sql: ObjectSql) {
    this.#sql = sql;
  }

  /** Undefined before the first `put`, or for a profile that this version cannot read. */
  find(): User | undefined {
    const [row] = this.#sql.exec<{ user: string }>('SELECT user FROM profile').toArray();
    return row && User.safeParse(JSON.parse(row.user)).data;
  }

  put(user: User): void {
    const text = JSON.stringify(user);
    if (JSON.stringify(this.find()) === text) return;
    this.#sql.exec('INSERT OR REPLACE INTO profile (one, user) VALUES (1, ?)', text);
  }
}
