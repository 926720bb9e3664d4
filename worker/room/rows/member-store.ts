import type { Member, User } from '../../../protocol/models.ts';
import { type MemberRow, memberOf } from './room-rows.ts';
import type { RoomSql } from './sql.ts';

/** So many members are kept in memory: those who talk, even in the largest group. */
const KEPT_MEMBERS = 1_000;

/** Who is and was in one group, each with a copy of their profile. */
export class MemberStore {
  readonly #sql: RoomSql;
  /** Every frame asks whether its author may do this; only the Room writes these rows, so they can be kept. */
  readonly #kept = new Map<string, Member>();

  constructor(sql: RoomSql) {
    this.#sql = sql;
  }

  /** A present or former member. */
  find(userId: string): Member | undefined {
    const kept = this.#kept.get(userId);
    if (kept) return kept;
    const [member] = this.#select('WHERE user_id = ?', userId);
    if (member) this.#keep(member);
    return member;
  }

  /** Current members, in the order they joined. */
  current(): Member[] {
    return this.#select('WHERE left_at IS NULL ORDER BY joined_at, user_id');
  }

  /** Those of these who are current members, in the order they joined. */
  currentAmong(userIds: string[]): Member[] {
    return this.#select(
      `WHERE left_at IS NULL AND user_id IN (SELECT value FROM json_each(?)) ORDER BY joined_at, user_id`,
      JSON.stringify(userIds),
    );
  }

  /** The people behind these ids, left members included; who was never here is left out. */
  users(userIds: Iterable<string>): User[] {
    const members = this.#select(
      'WHERE user_id IN (SELECT value FROM json_each(?))',
      JSON.stringify([...userIds]),
    );
    return members.map((member) => member.user);
  }

  /** Whose rows changed after `since`, by rev. */
  changed(since: number, limit: number): Member[] {
    return this.#select('WHERE rev > ? ORDER BY rev LIMIT ?', since, limit);
  }

  countCurrentOwners(): number {
    return this.#count(
      "SELECT count(*) AS n FROM members WHERE role = 'owner' AND left_at IS NULL",
    );
  }

  countCurrent(): number {
    return this.#count('SELECT count(*) AS n FROM members WHERE left_at IS NULL');
  }

  /** Writes a member's row. */
  put(member: Member, profileAt: number): void {
    this.#sql.exec(
      'INSERT OR REPLACE INTO members (user_id, role, joined_at, left_at, rev, profile, profile_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
      member.userId,
      member.role,
      member.joinedAt,
      member.leftAt ?? null,
      member.rev,
      JSON.stringify(member.user),
      profileAt,
    );
    this.#kept.delete(member.userId);
  }

  /** The version of a person's profile that is kept here; 0 before one was told. */
  profileAt(userId: string): number {
    return this.#count('SELECT profile_at AS n FROM members WHERE user_id = ?', userId);
  }

  /** The same profile turned out to be of a newer version. */
  setProfileAt(userId: string, profileAt: number): void {
    this.#sql.exec('UPDATE members SET profile_at = ? WHERE user_id = ?', profileAt, userId);
  }

  /** Forgets what is kept in memory: what was written was taken back. */
  forget(): void {
    this.#kept.clear();
  }

  #keep(member: Member): void {
    if (this.#kept.size >= KEPT_MEMBERS) this.#kept.clear();
    this.#kept.set(member.userId, member);
  }

  #select(where: string, ...bindings: (string | number)[]): Member[] {
    return this.#sql
      .exec<MemberRow>(`SELECT * FROM members ${where}`, ...bindings)
      .toArray()
      .map(memberOf);
  }

  #count(query: string, ...bindings: string[]): number {
    const [row] = this.#sql.exec<{ n: number }>(query, ...bindings).toArray();
    return row?.n ?? 0;
  }
}
