import type { InboxEntry } from '../../../protocol/rest.ts';

/**
 * Whether I am only a guest, in every group that I am in: then I can neither create groups nor browse or join public ones.
 * Conversations do not count. False without a group: only the server knows the former ones.
 */
export function isGuest(groups: readonly InboxEntry[]): boolean {
  const roles = groups.flatMap(({ group, role }) => (group.kind === 'group' ? role : []));
  return roles.length > 0 && roles.every((role) => role === 'guest');
}
