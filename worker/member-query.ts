import type { Member, MemberRole } from '../protocol/models.ts';

/** The place of a member in the list of a group: by role, then by the name's key (`protocol/name-key.ts`), then by id. */
export interface MemberPlace {
  role: MemberRole;
  nameKey: string;
  userId: string;
}

/** Which members to list: the first `limit` after the place, without it from the beginning, whose name begins with `query`. */
export interface MemberQuery {
  query?: string | undefined;
  after?: MemberPlace | undefined;
  limit: number;
}

/** A page of members, and where the next one begins. */
export interface MemberPage {
  items: Member[];
  next?: MemberPlace | undefined;
}
