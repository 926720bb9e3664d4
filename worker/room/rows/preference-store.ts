import type { NotificationLevel } from '../../../protocol/models.ts';
import type { ObjectSql } from '../../sql.ts';
import type { Versioned } from './cursor-store.ts';

/** Which messages of the group notify a person, and whether their list shows it. */
export interface Preference {
  level: NotificationLevel;
  /** Nothing notifies before this, ms UTC. */
  mutedUntil: number | null;
  /** A direct group is hidden until it has a message after this seq. */
  hiddenSeq: number;
  /** The person sends and sees read receipts: a copy of what they have set for their account. */
  readReceipts: boolean;
  /** How often they had changed that when it was copied. */
  receiptsVersion: number;
}

/** A preference with the person it belongs to. */
export type OwnPreference = Preference & { userId: string };

const DEFAULT: Preference = {
  level: 'all',
  mutedUntil: null,
  hiddenSeq: 0,
  readReceipts: true,
  receiptsVersion: 0,
};

type PreferenceRow = {
  user_id: string;
  level: NotificationLevel;
  muted_until: number | null;
  hidden_seq: number;
  read_receipts: number;
  receipts_version: number;
  version: number;
};

/** What each person has set for themselves. Only they may see it, so a row takes no rev: it counts its own versions. */
export class PreferenceStore {
  readonly #sql: ObjectSql;

  constructor(sql: ObjectSql) {
    this.#sql = sql;
  }

  /** The preference of a person; the default if they never set one. */
  find(userId: string): Preference {
    const [row] = this.#sql
      .exec<PreferenceRow>('SELECT * FROM preferences WHERE user_id = ?', userId)
      .toArray();
    return row ? preferenceOf(row) : DEFAULT;
  }

  /** The people, also former members, who have read receipts off. */
  withoutReceipts(): Set<string> {
    const rows = this.#sql
      .exec<{ user_id: string }>('SELECT user_id FROM preferences WHERE read_receipts = 0')
      .toArray();
    return new Set(rows.map((row) => row.user_id));
  }

  put(preference: OwnPreference): void {
    this.#write(preference, 1, 0);
  }

  /** Inserts a row from the mirror with its version: every later version must be higher. */
  restore(preference: Versioned<OwnPreference>): void {
    this.#write(preference, preference.version, preference.version);
  }

  // For the mirror

  /** Up to `limit` rows whose last version D1 lacks. */
  dirty(limit: number): Versioned<OwnPreference>[] {
    return this.#sql
      .exec<PreferenceRow>(
        'SELECT * FROM preferences WHERE version > mirrored_version LIMIT ?',
        limit,
      )
      .toArray()
      .map((row) => ({ ...preferenceOf(row), userId: row.user_id, version: row.version }));
  }

  /** D1 has these versions. A row that was written again in the meantime stays dirty. */
  setMirrored(preferences: Versioned<OwnPreference>[]): void {
    for (const { userId, version } of preferences) {
      this.#sql.exec(
        'UPDATE preferences SET mirrored_version = ? WHERE user_id = ?',
        version,
        userId,
      );
    }
  }

  #write(preference: OwnPreference, version: number, mirrored: number): void {
    this.#sql.exec(
      `INSERT INTO preferences (user_id, level, muted_until, hidden_seq, read_receipts, receipts_version, version,
         mirrored_version)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (user_id) DO UPDATE SET level = excluded.level, muted_until = excluded.muted_until,
         hidden_seq = excluded.hidden_seq, read_receipts = excluded.read_receipts,
         receipts_version = excluded.receipts_version, version = version + 1`,
      preference.userId,
      preference.level,
      preference.mutedUntil,
      preference.hiddenSeq,
      Number(preference.readReceipts),
      preference.receiptsVersion,
      version,
      mirrored,
    );
  }
}

function preferenceOf(row: PreferenceRow): Preference {
  return {
    level: row.level,
    mutedUntil: row.muted_until,
    hiddenSeq: row.hidden_seq,
    readReceipts: row.read_receipts === 1,
    receiptsVersion: row.receipts_version,
  };
}
