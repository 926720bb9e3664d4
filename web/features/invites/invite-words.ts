import type { Invite } from '../../../protocol/invites.ts';
import { dayAndTimeOf } from '../../ui/words/moment.ts';

/** How often an invitation was used, and how long it works: "2 of 10 joined · until Friday, 4 December 14:02". */
export function inviteWords({ uses, maxUses, expiresAt }: Invite, now: number): string {
  const joined = maxUses === undefined ? `${uses} joined` : `${uses} of ${maxUses} joined`;
  return `${joined} · until ${dayAndTimeOf(expiresAt, now)}`;
}
