import { MEMBERS_IN_STATE } from '../../../protocol/limits.ts';
import type { Group, Member, Message } from '../../../protocol/models.ts';
import { insertRow, type ObjectSql, type SqlValue } from '../../sql.ts';
import { CursorStore } from './cursor-store.ts';
import { FileStore } from './file-store.ts';
import { FollowStore } from './follow-store.ts';
import { MemberStore } from './member-store.ts';
import { MessageStore } from './message-store.ts';
import { NotifyStore } from './notify-store.ts';
import { PreferenceStore } from './preference-store.ts';
import { type GroupRow, groupOf } from './room-rows.ts';

/** The rows that changed after some rev, by rev: what every follower asks for. */
export interface Changes {
  messages: Message[];
  members: Member[];
}

/** What can be changed of a group. */
export type GroupValues = Pick<Group, 'name' | 'topic' | 'visibility'> & {
  /** Ms UTC. */
  archivedAt: number | null;
  imageId: string | null;
};

/** The mirror has two parts, each at its own rev: membership and group rows go to D1 before messages. */
export type MirrorPart = 'directory' | 'messages';

const REV_COLUMN = {
  directory: 'mirrored_directory_rev',
  messages: 'mirrored_messages_rev',
} as const satisfies Record<MirrorPart, keyof GroupRow>;

/** The tables of what a group holds: all but its own row, its files, the ended sessions and the agenda. */
export const CONTENT = [
  'members',
  'messages',
  'reactions',
  'cursor_packs',
  'follows',
  'preferences',
  'departures',
  'push_members',
  'push_pending',
];

/**
 * The rows of one group: current state, each row stamped with the rev of its last change, and the counter that revs come
 * from. Methods throw on a storage that holds no group.
 */
export class RoomStore {
  readonly #sql: ObjectSql;
  readonly #groupId: string;
  /** The group's own row, which every frame reads. Only the Room writes it, so it can be cached. */
  #cachedGroup: GroupRow | undefined;
  /** The last rev. The rows say it: it is their highest, or the group's own at which its epoch began. */
  #counter: number | undefined;
  /** How far a part of the mirror was found to be, where that was not worth a row. */
  readonly #seen = { directory: 0, messages: 0 };
  readonly members: MemberStore;
  readonly messages: MessageStore;
  readonly cursors: CursorStore;
  readonly follows: FollowStore;
  readonly preferences: PreferenceStore;
  readonly notify: NotifyStore;
  readonly files: FileStore;

  /** `groupId` is the Room's name. */
  constructor(sql: ObjectSql, groupId: string) {
    this.#sql = sql;
    this.#groupId = groupId;
    this.members = new MemberStore(sql);
    this.messages = new MessageStore(sql, groupId);
    this.cursors = new CursorStore(sql);
    this.follows = new FollowStore(sql);
    this.preferences = new PreferenceStore(sql);
    this.notify = new NotifyStore(sql);
    this.files = new FileStore(sql);
  }

  /** Whether the storage holds a complete group: a load from the mirror that is not done has a position. */
  static holdsGroup(sql: ObjectSql): boolean {
    const query = 'SELECT 1 FROM group_state WHERE NOT EXISTS (SELECT 1 FROM load_position)';
    return sql.exec(query).toArray().length > 0;
  }

  get groupId(): string {
    return this.#groupId;
  }

  /** Writes everything that `work` writes or, if it throws, nothing. */
  transaction<T>(work: () => T): T {
    try {
      return this.#sql.transaction(work);
    } catch (error) {
      this.#cachedGroup = undefined;
      this.#counter = undefined;
      this.members.dropCache();
      this.cursors.rolledBack();
      throw error;
    }
  }

  // The group

  createGroup(row: GroupRow): void {
    insertRow(this.#sql, 'group_state', { one: 1, ...row });
  }

  /** Nothing can be written to an archived group. */
  isArchived(): boolean {
    return this.#groupRow().archived_at !== null;
  }

  /** When the group was deleted, ms UTC; undefined while it exists. */
  deletedAt(): number | undefined {
    return this.#groupRow().deleted_at ?? undefined;
  }

  /** The file that is the group's picture. */
  imageId(): string | undefined {
    return this.#groupRow().image_id ?? undefined;
  }

  group(): Group {
    return groupOf(this.#groupId, this.#groupRow(), this.messages.lastSeq());
  }

  memberCount(): number {
    return this.#groupRow().member_count;
  }

  /** Whether the group is large: what concerns every member can then not go to every member. */
  isLarge(): boolean {
    return this.memberCount() > MEMBERS_IN_STATE;
  }

  epoch(): string {
    return this.#groupRow().epoch;
  }

  counter(): number {
    this.#counter ??= Math.max(
      this.#groupRow().counter,
      this.#groupRow().rev,
      this.messages.highestRev(),
      this.members.highestRev(),
    );
    return this.#counter;
  }

  /** Takes the next rev. Call it inside the transaction that stamps the rows: a rev that no row has would be taken again. */
  nextRev(): number {
    this.#counter = this.counter() + 1;
    return this.#counter;
  }

  changeGroup(change: GroupValues, rev: number): void {
    this.#writeGroup(
      'UPDATE group_state SET name = ?, topic = ?, visibility = ?, archived_at = ?, image_id = ?, rev = ?',
      change.name,
      change.topic,
      change.visibility,
      change.archivedAt,
      change.imageId,
      rev,
    );
  }

  /**
   * Erases everything that the group held. Its own row stays as the mark of the deletion: without members and private, it
   * looks to everyone as if there were no group, and it is never loaded from D1 again. The rows of files stay until their bytes
   * are erased.
   */
  erase(deletedAt: number, rev: number): void {
    for (const table of CONTENT) this.#sql.exec(`DELETE FROM ${table}`);
    this.files.setAllGone(deletedAt);
    this.members.dropCache();
    this.cursors.forget();
    this.#writeGroup(
      `UPDATE group_state SET name = '', topic = '', visibility = 'private', image_id = NULL, member_count = 0, deleted_at = ?, rev = ?`,
      deletedAt,
      rev,
    );
  }

  /** Counts the current members again, after all of them were loaded from the mirror. */
  recountMembers(): void {
    this.#writeGroup('UPDATE group_state SET member_count = ?', this.members.countCurrent());
  }

  /** Without its file, which D1 did not have, a group that was loaded back has no picture. */
  dropLostPicture(): void {
    this.#writeGroup(
      'UPDATE group_state SET image_id = NULL WHERE image_id NOT IN (SELECT id FROM files WHERE gone_at IS NULL AND message_seq IS NULL)',
    );
  }

  /** Writes a member's row and updates the count of current members. Without `profileAt` the profile's version stays. */
  putMember(member: Member, profileAt = this.members.profileAt(member.userId)): void {
    const before = this.members.find(member.userId);
    this.members.put(member, profileAt);
    const gained = Number(isCurrent(member)) - Number(isCurrent(before));
    if (gained === 0) return;
    this.#writeGroup('UPDATE group_state SET member_count = member_count + ?', gained);
  }

  // Followers

  /**
   * The members and messages that changed after `since`, or those of one thread if `rootSeq` is given; undefined if they
   * are more than `limit` rows.
   */
  changedSince(since: number, limit: number, rootSeq?: number): Changes | undefined {
    const messages = this.messages.changed(since, limit + 1, rootSeq);
    const members = this.members.changed(since, limit + 1 - messages.length);
    if (messages.length + members.length > limit) return undefined;
    return { messages, members };
  }

  /** The rev up to which D1 has the rows of this part. */
  mirrored(part: MirrorPart): number {
    return Math.max(this.#groupRow()[REV_COLUMN[part]], this.#seen[part]);
  }

  /** Moves the rev of a part, only ever forward: two runs that overlap do no harm. */
  setMirrored(part: MirrorPart, rev: number): void {
    const column = REV_COLUMN[part];
    this.#writeGroup(`UPDATE group_state SET ${column} = max(${column}, ?)`, rev);
  }

  /** Up to this rev nothing of the part was to be written. An eviction forgets it, and the rows are looked at again. */
  sawMirrored(part: MirrorPart, rev: number): void {
    this.#seen[part] = Math.max(this.#seen[part], rev);
  }

  /** D1 lacks what is newer than these revs, and may lack every row without one. */
  setMirroredBack(revs: Record<MirrorPart, number>): void {
    this.transaction(() => {
      for (const part of ['directory', 'messages'] as const) {
        const column = REV_COLUMN[part];
        this.#writeGroup(`UPDATE group_state SET ${column} = min(${column}, ?)`, revs[part]);
      }
      this.#seen.directory = 0;
      for (const table of ['cursor_packs', 'follows', 'preferences', 'files']) {
        this.#sql.exec(`UPDATE ${table} SET mirrored_version = 0`);
      }
    });
  }

  #groupRow(): GroupRow {
    if (this.#cachedGroup) return this.#cachedGroup;
    const [row] = this.#sql.exec<GroupRow>('SELECT * FROM group_state').toArray();
    if (!row) throw new Error('this Room holds no group');
    this.#cachedGroup = row;
    return row;
  }

  #writeGroup(statement: string, ...bindings: SqlValue[]): void {
    this.#sql.exec(statement, ...bindings);
    this.#cachedGroup = undefined;
  }
}

function isCurrent(member: Member | undefined): boolean {
  return member !== undefined && member.leftAt === undefined;
}
