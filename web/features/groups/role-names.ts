import type { MemberRole } from '../../../protocol/models.ts';

/** What people read for each role. */
export const ROLE_NAMES: Record<MemberRole, string> = {
  owner: 'Owner',
  admin: 'Admin',
  member: 'Member',
  guest: 'Guest',
};
