import type { MemberRole } from './models.ts';

/** An action in a group that depends on the member's role. */
export type Action = 'read' | 'send' | 'react' | 'pin' | 'delete_others' | 'change_group';

/** The roles that may perform each action. The page offers only these actions; the Room enforces the table. */
const ALLOWED: Record<Action, readonly MemberRole[]> = {
  read: ['owner', 'admin', 'member', 'guest'],
  send: ['owner', 'admin', 'member', 'guest'],
  react: ['owner', 'admin', 'member', 'guest'],
  pin: ['owner', 'admin', 'member'],
  delete_others: ['owner', 'admin'],
  change_group: ['owner', 'admin'],
};

/** Whether a member with this role may perform the action. */
export function may(role: MemberRole, action: Action): boolean {
  return ALLOWED[action].includes(role);
}
