import * as z from 'zod/mini';
import { User } from '../../../protocol/models.ts';
import type { Profile } from '../../room/room-rpc.ts';
import type { ObjectSql } from '../../sql.ts';

/** A profile with its version, which rows of earlier Workers do not have. */
const StoredProfile = z.extend(User, { profileAt: z.optional(z.number()) });

/** The newest known profile of the Inbox's user. */
export class ProfileStore {
  readonly #sql: ObjectSql;

  constructor(sql: ObjectSql) {
    this.#sql = sql;
  }

  /** Undefined before the first `put`, or for a profile that this version cannot read. */
  find(): User | undefined {
    const stored = this.#stored();
    return stored && User.parse(stored);
  }

  /**
   * Stores the profile unless a newer one is stored: two versions sent at once may arrive in any order, and a change may
   * arrive while the directory is read. Returns whether it is the newest.
   */
  put(profile: Profile): boolean {
    const before = this.#stored();
    const { profileAt } = profile;
    if (profileAt !== undefined && profileAt < (before?.profileAt ?? 0)) return false;
    const text = JSON.stringify(StoredProfile.parse(profile));
    if (JSON.stringify(before) !== text) {
      this.#sql.exec('INSERT OR REPLACE INTO profile (one, user) VALUES (1, ?)', text);
    }
    return true;
  }

  #stored(): z.infer<typeof StoredProfile> | undefined {
    const [row] = this.#sql.exec<{ user: string }>('SELECT user FROM profile').toArray();
    return row && StoredProfile.safeParse(JSON.parse(row.user)).data;
  }
}
