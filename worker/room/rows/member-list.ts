import { type Member, MemberRole } from '../../../protocol/models.ts';
import { nameKey } from '../../../protocol/name-key.ts';
import type { MemberPage, MemberPlace, MemberQuery } from '../../member-query.ts';
import type { ObjectSql } from '../../sql.ts';
import { type MemberRow, memberOf } from './room-rows.ts';

/** Above every name: no character comes after it. */
const END = '\u{10FFFF}';
/** How many names one statement gets. */
const NAMED_AT_ONCE = 1_000;

/** The current members of one group in pages: by role, then by name. A page reads its own rows only. */
export class MemberList {
  readonly #sql: ObjectSql;
  /** Whether every row has the key of its name. */
  #isNamed = false;

  constructor(sql: ObjectSql) {
    this.#sql = sql;
  }

  /**
   * The members after a place whose name begins with `query`. Nobody is listed twice or left out because others join or leave
   * between two pages.
   */
  page({ query = '', after, limit }: MemberQuery): MemberPage {
    this.#nameAll();
    const from = nameKey(query);
    const found: Member[] = [];
    for (const role of rolesFrom(after?.role)) {
      const place = role === after?.role ? after : { nameKey: from, userId: '' };
      const rows = this.#sql.exec<MemberRow>(
        `SELECT * FROM members WHERE left_at IS NULL AND role = ?1 AND (name_key, user_id) > (?2, ?3)
           AND name_key >= ?4 AND name_key < ?5
         ORDER BY name_key, user_id LIMIT ?6`,
        role,
        place.nameKey,
        place.userId,
        from,
        from + END,
        limit + 1 - found.length,
      );
      found.push(...rows.toArray().map(memberOf));
      if (found.length > limit) break;
    }
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return { items, ...(last && found.length > limit && { next: placeOf(last) }) };
  }

  /** Gives those a key who have none: their rows are older than the keys, or a version before wrote them after a rollback. */
  #nameAll(): void {
    if (this.#isNamed) return;
    for (const role of MemberRole.options) {
      const unnamed = this.#sql
        .exec<{ user_id: string; name: string }>(
          `SELECT user_id, profile ->> 'name' AS name FROM members
           WHERE left_at IS NULL AND role = ? AND name_key = ''`,
          role,
        )
        .toArray();
      for (let at = 0; at < unnamed.length; at += NAMED_AT_ONCE) {
        const some = unnamed.slice(at, at + NAMED_AT_ONCE);
        this.#sql.exec(
          `UPDATE members SET name_key = named.value ->> 1 FROM json_each(?) AS named
           WHERE members.user_id = named.value ->> 0`,
          JSON.stringify(some.map((row) => [row.user_id, nameKey(row.name)])),
        );
      }
    }
    this.#isNamed = true;
  }
}

/** This role and those that are listed after it. */
function rolesFrom(role: MemberRole | undefined): readonly MemberRole[] {
  return role === undefined
    ? MemberRole.options
    : MemberRole.options.slice(MemberRole.options.indexOf(role));
}

function placeOf({ role, user, userId }: Member): MemberPlace {
  return { role, nameKey: nameKey(user.name), userId };
}
