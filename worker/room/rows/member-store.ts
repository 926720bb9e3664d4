import type { Member, User } from '../../../protocol/models.ts';
import { nameKey } from '../../../protocol/name-key.ts';
import { numberIn, type ObjectSql } from '../../sql.ts';
import { MemberList } from './member-list.ts';
import { type MemberRow, memberOf } from './room-rows.ts';

/** How many members are cached in memory: enough for the active ones of the largest group. */
const CACHED_MEMBERS = 1_000;

/** The present and former members of one group, each with a copy of their profile. */
export class MemberStore {
  readonly #sql: ObjectSql;
  /** Every frame checks what its author may do. Only the Room writes these rows, so it can cache them. */
  readonly #cached = new Map<string, Member>();
  readonly list: MemberList;

  constructor(sql: ObjectSql) {
    this.#sql = sql;
    this.list = new MemberList(sql);
  }

  /** A present or former member. */
  find(userId: string): Member | undefined {
    const cached = this.#cached.get(userId);
    if (cached) return cached;
    const [member] = this.#select('WHERE user_id = ?', userId);
    if (member) this.#cache(member);
    return member;
  }

  /** Current members, in the order they joined. */
  current(): Member[] {
    // The index of the pages would be read on top of all rows.
    return this.#select('NOT INDEXED WHERE left_at IS NULL ORDER BY joined_at, user_id');
  }

  /** The current members among these users, in the order they joined. */
  currentAmong(userIds: string[]): Member[] {
    return this.#select(
      `WHERE left_at IS NULL AND user_id IN (SELECT value FROM json_each(?)) ORDER BY joined_at, user_id`,
      JSON.stringify(userIds),
    );
  }

  /** The profiles of these users, former members included; users who were never members are left out. */
  users(userIds: Iterable<string>): User[] {
    const members = this.#select(
      'WHERE user_id IN (SELECT value FROM json_each(?))',
      JSON.stringify([...userIds]),
    );
    return members.map((member) => member.user);
  }

  /** The members whose rows changed after `since`, by rev. */
  changed(since: number, limit: number): Member[] {
    return this.#select('WHERE rev > ? ORDER BY rev LIMIT ?', since, limit);
  }

  /** The highest rev of a member; 0 without members. */
  highestRev(): number {
    return numberIn(this.#sql, 'SELECT ifnull(max(rev), 0) AS n FROM members');
  }

  countCurrentOwners(): number {
    return numberIn(
      this.#sql,
      "SELECT count(*) AS n FROM members WHERE role = 'owner' AND left_at IS NULL",
    );
  }

  countCurrent(): number {
    return numberIn(this.#sql, 'SELECT count(*) AS n FROM members WHERE left_at IS NULL');
  }

  /** The current members whose Inbox gets what is new: all but those who had nobody there when they were last sent something. */
  fed(): string[] {
    return this.#sql
      .exec<{ user_id: string }>(
        'SELECT user_id FROM members NOT INDEXED WHERE fed = 1 AND left_at IS NULL',
      )
      .toArray()
      .map((row) => row.user_id);
  }

  setFed(userId: string, isFed: boolean): void {
    this.#sql.exec('UPDATE members SET fed = ? WHERE user_id = ?', Number(isFed), userId);
  }

  /** Writes a member's row. `profileAt` is the version of the profile. */
  put(member: Member, profileAt: number): void {
    this.#sql.exec(
      `INSERT OR REPLACE INTO members (user_id, role, joined_at, left_at, rev, profile, profile_at, name_key)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      member.userId,
      member.role,
      member.joinedAt,
      member.leftAt ?? null,
      member.rev,
      JSON.stringify(member.user),
      profileAt,
      nameKey(member.user.name),
    );
    this.#cached.delete(member.userId);
  }

  /** The version of the stored copy of a profile; 0 for a user without one. */
  profileAt(userId: string): number {
    return numberIn(this.#sql, 'SELECT profile_at AS n FROM members WHERE user_id = ?', userId);
  }

  /** Raises the version of a profile whose content did not change. */
  setProfileAt(userId: string, profileAt: number): void {
    this.#sql.exec('UPDATE members SET profile_at = ? WHERE user_id = ?', profileAt, userId);
  }

  /** Drops the cached members, after a transaction was rolled back. */
  dropCache(): void {
    this.#cached.clear();
  }

  #cache(member: Member): void {
    if (this.#cached.size >= CACHED_MEMBERS) this.#cached.clear();
    this.#cached.set(member.userId, member);
  }

  #select(where: string, ...bindings: (string | number)[]): Member[] {
    return this.#sql
      .exec<MemberRow>(`SELECT * FROM members ${where}`, ...bindings)
      .toArray()
      .map(memberOf);
  }
}
