import { expect, test } from 'vitest';
import { inviteWords } from '../../../web/features/invites/invite-words.ts';
import { timeOf } from '../../../web/ui/words/moment.ts';

const now = new Date(2026, 10, 27, 12).getTime();
const at = new Date(2026, 10, 27, 14, 2).getTime();
const invite = {
  code: 'AAAAAAAAAAAAAAAAAAAAAA',
  groupId: 'group',
  createdBy: 'user_ada',
  createdAt: now,
  expiresAt: at,
  uses: 2,
};

test('an invitation says how many have joined by it, of how many, and until when it works', () => {
  expect(inviteWords(invite, now)).toBe(`2 joined · until today ${timeOf(at)}`);
  expect(inviteWords({ ...invite, maxUses: 10 }, now)).toMatch(/^2 of 10 joined · until today /);
});
