import * as z from 'zod/mini';
import { UserSettings } from '../../../protocol/settings.ts';
import type { ObjectSql } from '../../sql.ts';

/** The settings, and how often the user has switched read receipts on or off. */
export const StoredSettings = z.extend(UserSettings, {
  readReceiptsVersion: z.optional(z.int()),
});
export type StoredSettings = z.infer<typeof StoredSettings>;

/** What the Inbox's user has set for their account. */
export class SettingsStore {
  readonly #sql: ObjectSql;

  constructor(sql: ObjectSql) {
    this.#sql = sql;
  }

  /** The defaults before the first `put`, or for settings that this version cannot read. */
  read(): StoredSettings {
    const [row] = this.#sql.exec<{ settings: string }>('SELECT settings FROM settings').toArray();
    const { data } = StoredSettings.safeParse(row && JSON.parse(row.settings));
    return data ?? { doNotDisturb: {} };
  }

  put(settings: StoredSettings): void {
    this.#sql.exec(
      'INSERT OR REPLACE INTO settings (one, settings) VALUES (1, ?)',
      JSON.stringify(settings),
    );
  }
}
