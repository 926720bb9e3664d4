import { UserSettings } from '../../../protocol/settings.ts';
import type { ObjectSql } from '../../sql.ts';

/** What the Inbox's user has set for their account. */
export class SettingsStore {
  readonly #sql: ObjectSql;

  constructor(sql: ObjectSql) {
    this.#sql = sql;
  }

  /** The defaults before the first `put`, or for settings that this version cannot read. */
  read(): UserSettings {
    const [row] = this.#sql.exec<{ settings: string }>('SELECT settings FROM settings').toArray();
    const { data } = UserSettings.safeParse(row && JSON.parse(row.settings));
    return data ?? { doNotDisturb: {} };
  }

  put(settings: UserSettings): void {
    this.#sql.exec(
      'INSERT OR REPLACE INTO settings (one, settings) VALUES (1, ?)',
      JSON.stringify(settings),
    );
  }
}
