import type { Group, Member, Message, User } from '../../protocol/models.ts';
import { CursorStore } from './cursor-store.ts';
import { MessageStore } from './message-store.ts';
import { type GroupRow, groupOf, type MemberRow, memberOf } from './room-rows.ts';
import type { RoomSql } from './room-sql.ts';

/** All that changed after some rev, by rev: the answer to the one question that every follower asks. */
export interface Changes {
  messages: Message[];
  members: Member[];
}

/** Which of the archive's two cursors: membership and group rows go before messages. */
export type ArchiveCursor = 'directory' | 'messages';

const CURSOR_COLUMN: Record<ArchiveCursor, string> = {
  directory: 'archived_directory_rev',
  messages: 'archived_messages_rev',
};

/**
 * The rows of one group: current state, each stamped with the rev of its last change, and the counter that revs are
 * taken from. Only for a storage that holds a group.
 */
export class RoomStore {
  readonly #sql: RoomSql;
  readonly #groupId: string;
  readonly messages: MessageStore;
  readonly cursors: CursorStore;

  /** `groupId` is the Room's name. */
  constructor(sql: RoomSql, groupId: string) {
    this.#sql = sql;
    this.#groupId = groupId;
    this.messages = new MessageStore(sql, groupId);
    this.cursors = new CursorStore(sql);
  }

  /** Whether a group is here, whole: its row is written last, both when it is made and when it is loaded. */
  static holdsGroup(sql: RoomSql): boolean {
    return sql.exec('SELECT 1 FROM group_state').toArray().length > 0;
  }

  get groupId(): string {
    return this.#groupId;
  }

  transaction<T>(work: () => T): T {
    return this.#sql.transaction(work);
  }

  // The group

  createGroup(row: GroupRow): void {
    this.#sql.exec(
      `INSERT INTO group_state (one, kind, name, topic, visibility, created_by, created_at, archived_at, rev,
         member_count, counter, epoch, archived_directory_rev, archived_messages_rev)
       VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      row.kind,
      row.name,
      row.topic,
      row.visibility,
      row.created_by,
      row.created_at,
      row.archived_at,
      row.rev,
      row.member_count,
      row.counter,
      row.epoch,
      row.archived_directory_rev,
      row.archived_messages_rev,
    );
  }

  group(): Group {
    return groupOf(this.#groupId, this.#groupRow(), this.messages.lastSeq());
  }

  epoch(): string {
    return this.#groupRow().epoch;
  }

  counter(): number {
    return this.#groupRow().counter;
  }

  /** Takes the next rev. Inside a transaction, together with the rows that it stamps. */
  nextRev(): number {
    const [row] = this.#sql
      .exec<{ counter: number }>('UPDATE group_state SET counter = counter + 1 RETURNING counter')
      .toArray();
    if (!row) throw new Error('this Room holds no group');
    return row.counter;
  }

  changeGroup(
    change: Pick<Group, 'name' | 'topic' | 'visibility'> & { archivedAt: number | null },
    rev: number,
  ): void {
    this.#sql.exec(
      'UPDATE group_state SET name = ?, topic = ?, visibility = ?, archived_at = ?, rev = ?',
      change.name,
      change.topic,
      change.visibility,
      change.archivedAt,
      rev,
    );
  }

  // Members

  member(userId: string): Member | undefined {
    const [row] = this.#sql
      .exec<MemberRow>('SELECT * FROM members WHERE user_id = ?', userId)
      .toArray();
    return row && memberOf(row);
  }

  /** The version of a person's profile that is kept here; 0 before one was told. */
  profileAt(userId: string): number {
    return this.#count('SELECT profile_at AS n FROM members WHERE user_id = ?', userId);
  }

  /** The same profile turned out to be of a newer version. */
  setProfileAt(userId: string, profileAt: number): void {
    this.#sql.exec('UPDATE members SET profile_at = ? WHERE user_id = ?', profileAt, userId);
  }

  /** Current members, in the order they joined. */
  currentMembers(): Member[] {
    return this.#sql
      .exec<MemberRow>('SELECT * FROM members WHERE left_at IS NULL ORDER BY joined_at, user_id')
      .toArray()
      .map(memberOf);
  }

  /** Those of these who are current members, in the order they joined. */
  currentMembersAmong(userIds: string[]): Member[] {
    return this.#sql
      .exec<MemberRow>(
        `SELECT * FROM members WHERE left_at IS NULL AND user_id IN (SELECT value FROM json_each(?))
         ORDER BY joined_at, user_id`,
        JSON.stringify(userIds),
      )
      .toArray()
      .map(memberOf);
  }

  currentOwners(): number {
    return this.#count(
      "SELECT count(*) AS n FROM members WHERE role = 'owner' AND left_at IS NULL",
    );
  }

  countCurrentMembers(): number {
    return this.#count('SELECT count(*) AS n FROM members WHERE left_at IS NULL');
  }

  /**
   * Writes a member's row and keeps the count of current members in step with it. Without `profileAt` the version of the
   * profile stays.
   */
  putMember(member: Member, profileAt = this.profileAt(member.userId)): void {
    const before = this.member(member.userId);
    this.insertMember(member, profileAt);
    const gained = Number(isCurrent(member)) - Number(isCurrent(before));
    if (gained !== 0) {
      this.#sql.exec('UPDATE group_state SET member_count = member_count + ?', gained);
    }
  }

  /** Writes a member's row alone, where the group's own row is not there yet. */
  insertMember(member: Member, profileAt: number): void {
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
  }

  /** Which of these are current members. */
  currentAmong(userIds: string[]): string[] {
    return this.#sql
      .exec<{ user_id: string }>(
        'SELECT user_id FROM members WHERE left_at IS NULL AND user_id IN (SELECT value FROM json_each(?))',
        JSON.stringify(userIds),
      )
      .toArray()
      .map((row) => row.user_id);
  }

  /** The people behind these ids, left members included; who was never here is left out. */
  users(userIds: Iterable<string>): User[] {
    return this.#sql
      .exec<MemberRow>(
        'SELECT * FROM members WHERE user_id IN (SELECT value FROM json_each(?))',
        JSON.stringify([...userIds]),
      )
      .toArray()
      .map((row) => memberOf(row).user);
  }

  // Followers

  /** What changed after `since`, of all messages or of one thread; undefined if that is more than `limit` rows. */
  changedSince(since: number, limit: number, rootSeq?: number): Changes | undefined {
    const messages = this.messages.changed(since, limit + 1, rootSeq);
    const members = this.changedMembers(since, limit + 1 - messages.length);
    if (messages.length + members.length > limit) return undefined;
    return { messages, members };
  }

  changedMembers(since: number, limit: number): Member[] {
    return this.#sql
      .exec<MemberRow>('SELECT * FROM members WHERE rev > ? ORDER BY rev LIMIT ?', since, limit)
      .toArray()
      .map(memberOf);
  }

  archived(cursor: ArchiveCursor): number {
    return this.#count(`SELECT ${CURSOR_COLUMN[cursor]} AS n FROM group_state`);
  }

  /** Moves an archive cursor; only ever forward, so that two runs that overlap do no harm. */
  setArchived(cursor: ArchiveCursor, rev: number): void {
    const column = CURSOR_COLUMN[cursor];
    this.#sql.exec(`UPDATE group_state SET ${column} = max(${column}, ?)`, rev);
  }

  // Sessions that were ended

  revoke(who: string, until: number, now: number): void {
    this.#sql.exec('DELETE FROM revoked WHERE until < ?', now);
    this.#sql.exec('INSERT OR REPLACE INTO revoked (who, until) VALUES (?, ?)', who, until);
  }

  isRevoked(who: readonly string[], now: number): boolean {
    const found = this.#sql.exec(
      'SELECT 1 FROM revoked WHERE until >= ? AND who IN (SELECT value FROM json_each(?))',
      now,
      JSON.stringify(who),
    );
    return found.toArray().length > 0;
  }

  #groupRow(): GroupRow {
    const [row] = this.#sql.exec<GroupRow>('SELECT * FROM group_state').toArray();
    if (!row) throw new Error('this Room holds no group');
    return row;
  }

  #count(query: string, ...bindings: string[]): number {
    const [row] = this.#sql.exec<{ n: number }>(query, ...bindings).toArray();
    return row?.n ?? 0;
  }
}

function isCurrent(member: Member | undefined): boolean {
  return member !== undefined && member.leftAt === undefined;
}
