import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Member, MemberRole, PresenceState } from '../../../protocol/models.ts';
import { LeaveGroup } from '../../../web/features/groups/leave-group.tsx';
import { MemberRow } from '../../../web/features/groups/member-row.tsx';
import { membersByPresence } from '../../../web/features/groups/members-by-presence.ts';
import { AsAda, clearPageAfterEach } from '../../support/ada-page.tsx';
import { ADA, stateAt } from '../../support/group-events.ts';

clearPageAfterEach();

const { group } = stateAt(1);

function member(name: string, role: MemberRole = 'member'): Member {
  const userId = name === 'Ada' ? ADA.id : `user_${name.toLowerCase()}`;
  return { userId, role, joinedAt: 1, rev: 1, user: { ...ADA, id: userId, name } };
}

test('members whom the Room does not know to be present are listed without a state', () => {
  const people = ['Ada', 'Grace', 'Hedy', 'Linus'].map((name) => member(name));
  const presence = new Map<string, PresenceState>([
    [ADA.id, 'online'],
    ['user_grace', 'away'],
    ['user_hedy', 'offline'],
  ]);
  const sections = membersByPresence(people, presence);
  expect(
    sections.map(({ title, people: its }) => [title, its.map(({ user }) => user.name)]),
  ).toEqual([
    ['Online', ['Ada']],
    ['Away', ['Grace']],
    ['Everyone else', ['Hedy', 'Linus']],
  ]);
});

test.each<[PresenceState | undefined, number]>([
  ['online', 1],
  ['away', 1],
  ['dnd', 1],
  ['offline', 0],
  [undefined, 0],
])('a member who is %s has a dot: %i', (presence, dots) => {
  render(<MemberRow isMe={false} member={member('Grace')} presence={presence} />);
  expect(screen.queryAllByRole('img')).toHaveLength(dots);
});

test.each<[string, MemberRole, MemberRole, boolean]>([
  ['the only owner', 'owner', 'admin', false],
  ['one of two owners', 'owner', 'owner', true],
  ['a member', 'member', 'owner', true],
])('%s is offered to leave, or told what must happen first', (_, mine, hers, mayLeave) => {
  render(
    <AsAda>
      <LeaveGroup
        group={group}
        me={{ userId: ADA.id, role: mine }}
        members={[member('Ada', mine), member('Grace', hers)]}
        onLeft={() => undefined}
      />
    </AsAda>,
  );
  expect(screen.queryAllByRole('button', { name: 'Leave group' })).toHaveLength(mayLeave ? 1 : 0);
  expect(screen.queryAllByText(/once it has another owner/)).toHaveLength(mayLeave ? 0 : 1);
});
