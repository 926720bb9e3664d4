import { fireEvent, render, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { Member, MemberRole, PresenceState } from '../../../protocol/models.ts';
import { LeaveGroup } from '../../../web/features/groups/leave-group.tsx';
import { memberChoices } from '../../../web/features/groups/member-choices.ts';
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
  const me = { userId: ADA.id, role: 'member' } as const;
  render(<MemberRow groupId={group.id} me={me} member={member('Grace')} presence={presence} />);
  expect(screen.queryAllByRole('img')).toHaveLength(dots);
});

test.each<[string, MemberRole, MemberRole, number, boolean]>([
  ['the only owner', 'owner', 'admin', 2, false],
  ['an owner whose group has members that are not loaded', 'owner', 'admin', 300, true],
  ['one of two owners', 'owner', 'owner', 2, true],
  ['a member', 'member', 'owner', 2, true],
])('%s is offered to leave, or told what must happen first', (_, mine, hers, count, mayLeave) => {
  render(
    <AsAda>
      <LeaveGroup
        group={{ ...group, memberCount: count }}
        me={{ userId: ADA.id, role: mine }}
        members={[member('Ada', mine), member('Grace', hers)]}
        onLeft={() => undefined}
      />
    </AsAda>,
  );
  expect(screen.queryAllByRole('button', { name: 'Leave group' })).toHaveLength(mayLeave ? 1 : 0);
  expect(screen.queryAllByText(/make someone else/)).toHaveLength(mayLeave ? 0 : 1);
});

test.each<[string, MemberRole, string, MemberRole, MemberRole[], boolean]>([
  ['an owner', 'owner', 'Grace', 'owner', ['admin', 'member', 'guest'], true],
  ['an owner', 'owner', 'Grace', 'member', ['owner', 'admin', 'guest'], true],
  ['an admin', 'admin', 'Grace', 'owner', [], false],
  ['an admin', 'admin', 'Grace', 'guest', ['member'], true],
  ['a member', 'member', 'Grace', 'guest', [], false],
  ['an owner', 'owner', 'Ada', 'owner', ['admin', 'member', 'guest'], false],
  ['an admin', 'admin', 'Ada', 'admin', ['member', 'guest'], false],
  ['a guest', 'guest', 'Ada', 'guest', [], false],
])('%s (%s) may give %s (%s) the roles %j', (_, mine, name, role, roles, canRemove) => {
  const me = { userId: ADA.id, role: mine };
  expect(memberChoices(me, member(name, role))).toEqual({ roles, canRemove });
});

test('who lowers their own role is asked first, and the focus stays on the button meanwhile', async () => {
  const fetched = vi.fn(() => new Promise<Response>(() => undefined));
  vi.stubGlobal('fetch', fetched);
  const me = { userId: ADA.id, role: 'owner' } as const;
  render(
    <AsAda>
      <MemberRow groupId={group.id} me={me} member={member('Ada', 'owner')} presence="online" />
    </AsAda>,
  );
  const button = await screen.findByRole<HTMLButtonElement>('button', { name: 'Manage Ada' });
  fireEvent.keyDown(button, { key: 'Enter' });
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Member' }));
  await screen.findByRole('alertdialog', { name: 'Change your role to Member?' });
  expect(fetched).not.toHaveBeenCalled();
  fireEvent.click(screen.getByRole('button', { name: 'Change role' }));
  await vi.waitFor(() => expect(fetched).toHaveBeenCalledOnce());
  // A disabled button would lose the focus.
  expect(button.disabled).toBe(false);
});
