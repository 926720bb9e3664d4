import { fail, ok, type Result } from '../protocol/errors.ts';
import { FILES_COOKIE_MS } from '../protocol/limits.ts';
import type { Clock } from './clock.ts';
import type { ObjectSql } from './sql.ts';

/**
 * How long an ended session is refused: as long as what it got may be valid, plus the clock skew that verification allows. Its
 * last token is valid for 60 s, its cookie for files for longer.
 */
const REVOKED_MS = FILES_COOKIE_MS + 120_000;

/** Who asks an object for something. Without `sessionId` an object asks in the user's name, or an earlier Worker. */
export interface Asker {
  userId: string;
  sessionId?: string | undefined;
}

/** The sessions and users that an object refuses, in its table `revoked`. */
export class RevokedSessions {
  readonly #sql: ObjectSql;
  readonly #clock: Clock;

  constructor(sql: ObjectSql, clock: Clock) {
    this.#sql = sql;
    this.#clock = clock;
  }

  /** Refuses a session or, without `sessionId`, all of the user's for as long as their tokens and cookies are valid. */
  add({ userId, sessionId }: Asker): void {
    const now = this.#clock();
    this.#sql.exec('DELETE FROM revoked WHERE until < ?', now);
    this.#sql.exec(
      'INSERT OR REPLACE INTO revoked (who, until) VALUES (?, ?)',
      sessionId ?? userId,
      now + REVOKED_MS,
    );
  }

  /** Whether this user or their session is refused now. */
  has({ userId, sessionId }: Asker): boolean {
    const found = this.#sql.exec(
      'SELECT 1 FROM revoked WHERE until >= ? AND who IN (?, ?)',
      this.#clock(),
      userId,
      sessionId ?? userId,
    );
    return found.toArray().length > 0;
  }
  /** `unauthenticated` if this user or their session is refused now. */
  admit(asker: Asker): Result<null> {
    if (!this.has(asker)) return ok(null);
    return fail('unauthenticated', 'Your session has ended. Sign in again.');
  }
}
