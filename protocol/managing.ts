import { MemberRole } from './models.ts';
import { type Action, may } from './permissions.ts';

const MANAGES = {
  owner: 'manage_owners',
  admin: 'manage_admins',
  member: 'manage_members',
  guest: 'manage_guests',
} as const satisfies Record<MemberRole, Action>;

/** Whether a member with this role may remove people who have the role `other`. */
export function mayRemove(role: MemberRole, other: MemberRole): boolean {
  return may(role, MANAGES[other]);
}

/** Whether a member with this role may change the role of someone else. It takes managing both the old role and the new one. */
export function mayChangeRole(
  role: MemberRole,
  { from, to }: { from: MemberRole; to: MemberRole },
): boolean {
  return may(role, MANAGES[from]) && may(role, MANAGES[to]);
}

/** Whether a role allows less than another: everyone may step down. */
export function isLower(role: MemberRole, than: MemberRole): boolean {
  return MemberRole.options.indexOf(role) > MemberRole.options.indexOf(than);
}
