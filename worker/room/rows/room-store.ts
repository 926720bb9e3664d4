import type { Group, Member, Message } from '../../../protocol/models.ts';
import { CursorStore } from './cursor-store.ts';
import { MemberStore } from './member-store.ts';
import { MessageStore } from './message-store.ts';
import { type GroupRow, groupOf } from './room-rows.ts';
import type { RoomSql, SqlValue } from './sql.ts';

/** All that changed after some rev, by rev: the answer to the one question that every follower asks. */
export interface Changes {
  messages: Message[];
  members: Member[];
}

/** The mirror's two positions: membership and group rows go to D1 before messages. */
export type MirrorCursor = 'directory' | 'messages';

const CURSOR_COLUMN = {
  directory: 'mirrored_directory_rev',
  messages: 'mirrored_messages_rev',
} as const satisfies Record<MirrorCursor, keyof GroupRow>;

/**
 * The rows of one group: current state, each stamped with the rev of its last change, and the counter that revs are
 * taken from. Only for a storage that holds a group.
 */
export class RoomStore {
  readonly #sql: RoomSql;
  readonly #groupId: string;
  /** The group's own row, which every frame asks for; only the Room writes it, so it can be kept. */
  #keptGroup: GroupRow | undefined;
  readonly members: MemberStore;
  readonly messages: MessageStore;
  readonly cursors: CursorStore;

  /** `groupId` is the Room's name. */
  constructor(sql: RoomSql, groupId: string) {
    this.#sql = sql;
    this.#groupId = groupId;
    this.members = new MemberStore(sql);
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
    try {
      return this.#sql.transaction(work);
    } catch (error) {
      this.#keptGroup = undefined;
      this.members.forget();
      throw error;
    }
  }

  // The group

  createGroup(row: GroupRow): void {
    this.#sql.exec(
      `INSERT INTO group_state (one, kind, name, topic, visibility, created_by, created_at, archived_at, rev,
         member_count, counter, epoch, mirrored_directory_rev, mirrored_messages_rev)
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
      row.mirrored_directory_rev,
      row.mirrored_messages_rev,
    );
  }

  /** Nothing can be written to an archived group. */
  isArchived(): boolean {
    return this.#groupRow().archived_at !== null;
  }

  group(): Group {
    return groupOf(this.#groupId, this.#groupRow(), this.messages.lastSeq());
  }

  memberCount(): number {
    return this.#groupRow().member_count;
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
    if (this.#keptGroup) this.#keptGroup = { ...this.#keptGroup, counter: row.counter };
    return row.counter;
  }

  changeGroup(
    change: Pick<Group, 'name' | 'topic' | 'visibility'> & { archivedAt: number | null },
    rev: number,
  ): void {
    this.#writeGroup(
      'UPDATE group_state SET name = ?, topic = ?, visibility = ?, archived_at = ?, rev = ?',
      change.name,
      change.topic,
      change.visibility,
      change.archivedAt,
      rev,
    );
  }

  /** Writes a member's row and keeps the count of current members in step with it. Without `profileAt` its version stays. */
  putMember(member: Member, profileAt = this.members.profileAt(member.userId)): void {
    const before = this.members.find(member.userId);
    this.members.put(member, profileAt);
    const gained = Number(isCurrent(member)) - Number(isCurrent(before));
    if (gained === 0) return;
    this.#writeGroup('UPDATE group_state SET member_count = member_count + ?', gained);
  }

  // Followers

  /** What changed after `since`, of all messages or of one thread; undefined if that is more than `limit` rows. */
  changedSince(since: number, limit: number, rootSeq?: number): Changes | undefined {
    const messages = this.messages.changed(since, limit + 1, rootSeq);
    const members = this.members.changed(since, limit + 1 - messages.length);
    if (messages.length + members.length > limit) return undefined;
    return { messages, members };
  }

  /** The rev up to which D1 has these rows. */
  mirrored(cursor: MirrorCursor): number {
    return this.#groupRow()[CURSOR_COLUMN[cursor]];
  }

  /** Moves a position of the mirror, only ever forward: two runs that overlap do no harm. */
  setMirrored(cursor: MirrorCursor, rev: number): void {
    const column = CURSOR_COLUMN[cursor];
    this.#writeGroup(`UPDATE group_state SET ${column} = max(${column}, ?)`, rev);
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
    if (this.#keptGroup) return this.#keptGroup;
    const [row] = this.#sql.exec<GroupRow>('SELECT * FROM group_state').toArray();
    if (!row) throw new Error('this Room holds no group');
    this.#keptGroup = row;
    return row;
  }

  #writeGroup(statement: string, ...bindings: SqlValue[]): void {
    this.#sql.exec(statement, ...bindings);
    this.#keptGroup = undefined;
  }
}

function isCurrent(member: Member | undefined): boolean {
  return member !== undefined && member.leftAt === undefined;
}
