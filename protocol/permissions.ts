import type { MemberRole } from './models.ts';

const EVERYONE = ['owner', 'admin', 'member', 'guest'] as const;
const ADMINS = ['owner', 'admin'] as const;

/**
 * The roles that may perform each action. The page offers only these actions; the Room enforces the table, and
 * `docs/permissions.md` shows it.
 */
export const PERMISSIONS = {
  read: EVERYONE,
  send: EVERYONE,
  react: EVERYONE,
  pin: ['owner', 'admin', 'member'],
  delete_others: ADMINS,
  /** Name, topic, picture, visibility, archive and restore. */
  change_group: ADMINS,
  add_members: ADMINS,
  /** Make invitations, list and revoke them. */
  invite: ADMINS,
  /** Manage: remove people with this role, and give or take the role. */
  manage_guests: ADMINS,
  manage_members: ADMINS,
  manage_admins: ['owner'],
  manage_owners: ['owner'],
  delete_group: ['owner'],
} as const satisfies Record<string, readonly MemberRole[]>;

/**
 * The role of everyone in a direct group. Nobody owns or administers it, so that what a member may not do, nobody may there;
 * its people and their role never change.
 */
export const DIRECT_ROLE: MemberRole = 'member';

/** An action in a group that depends on the member's role. */
export type Action = keyof typeof PERMISSIONS;

/** Whether a member with this role may perform the action. */
export function may(role: MemberRole, action: Action): boolean {
  const allowed: readonly MemberRole[] = PERMISSIONS[action];
  return allowed.includes(role);
}
