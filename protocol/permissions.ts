import type { MemberRole } from './models.ts';

/** What a member may want to do in a group. */
export type Action = 'read' | 'send' | 'react' | 'pin' | 'delete_others' | 'change_group';

/** The one table of who may do what. The interface shows only what it allows; the Room enforces it. */
const ALLOWED: Record<Action, readonly MemberRole[]> = {
  read: ['owner', 'admin', 'member', 'guest'],
  send: ['owner', 'admin', 'member', 'guest'],
  react: ['owner', 'admin', 'member', 'guest'],
  pin: ['owner', 'admin', 'member'],
  delete_others: ['owner', 'admin'],
  change_group: ['owner', 'admin'],
};

/** Whether a member of this role may do it. */
export function may(role: MemberRole, action: Action): boolean {
  return ALLOWED[action].includes(role);
}
