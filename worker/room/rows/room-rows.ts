import type { Group, Member, MemberRole, Visibility } from '../../../protocol/models.ts';
import { User } from '../../../protocol/models.ts';

/** The one row of `group_state`, column by column. */
export type GroupRow = {
  kind: Group['kind'];
  name: string;
  topic: string;
  visibility: Visibility;
  created_by: string;
  created_at: number;
  archived_at: number | null;
  deleted_at: number | null;
  image_id: string | null;
  rev: number;
  member_count: number;
  counter: number;
  epoch: string;
  mirrored_directory_rev: number;
  mirrored_messages_rev: number;
};

/** A row of `members`, column by column. `profile` is a `User` as JSON. */
export type MemberRow = {
  user_id: string;
  role: MemberRole;
  joined_at: number;
  left_at: number | null;
  rev: number;
  profile: string;
};

/** The group of a row, as the contract has it: a null column becomes an absent field. */
export function groupOf(groupId: string, row: GroupRow, lastSeq: number): Group {
  return {
    id: groupId,
    kind: row.kind,
    name: row.name,
    topic: row.topic,
    visibility: row.visibility,
    createdBy: row.created_by,
    createdAt: row.created_at,
    ...(row.archived_at !== null && { archivedAt: row.archived_at }),
    ...(row.image_id !== null && { imageId: row.image_id }),
    memberCount: row.member_count,
    lastSeq,
    rev: row.rev,
  };
}

/** The member of a row, as the contract has it. Throws if the stored profile is not a `User`. */
export function memberOf(row: MemberRow): Member {
  return {
    userId: row.user_id,
    role: row.role,
    joinedAt: row.joined_at,
    ...(row.left_at !== null && { leftAt: row.left_at }),
    rev: row.rev,
    user: User.parse(JSON.parse(row.profile)),
  };
}
