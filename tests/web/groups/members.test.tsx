import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import type { Member, MemberRole, PresenceState } from '../../../protocol/models.ts';
import { LeaveGroup } from '../../../web/features/groups/leave-group.tsx';
import { memberChoices } from '../../../web/features/groups/member-choices.ts';
import { MemberRow } from '../../../web/features/groups/member-row.tsx';
import { membersByPresence } from '../../../web/features/groups/members-by-presence.ts';
import { AsAda, clearPageAfterEach } from '../../support/ada-page.tsx';
import { eventually } from '../../support/eventually.ts';
import { ADA, stateAt } from '../../support/group-events.ts';

clearPageAfterEach();

const { group } = stateAt(1);

function member(name: string, role: MemberRole = 'member'): Member {
  const userId = name === 'Ada' ? ADA.id : `user_${name.toLowerCase()}`;
  return { userId, role, joinedAt: 1, rev: 1, user: { ...ADA, id: userId, name } };
}

const gone: Member = { ...member('Grace'), user: { ...member('Grace').user, deactivatedAt: 1 } };

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

test('where those who are present are only counted, members are listed under no heading', () => {
  const people = ['Ada', 'Grace'].map((name) => member(name));
  const presence = new Map<string, PresenceState>([['user_grace', 'online']]);
  expect(membersByPresence(people, presence, 70)).toEqual([{ people }]);
});

test.each<[PresenceState | undefined, number]>([
  ['online', 1],
  ['away', 1],
  ['dnd', 1],
  ['offline', 0],
  [undefined, 0],
])('a member who is %s has a dot: %i', (presence, dots) => {
  const me = { userId: ADA.id, role: 'member' } as const;
  render(
    <AsAda>
      <MemberRow group={group} me={me} member={member('Grace')} presence={presence} />
    </AsAda>,
  );
  expect(screen.queryAllByRole('img')).toHaveLength(dots);
});

test.each<[string, MemberRole, string[] | undefined, boolean]>([
  ['the only owner', 'owner', ['Ada'], false],
  ['an owner while nobody knows who else is one', 'owner', undefined, true],
  ['one of two owners', 'owner', ['Ada', 'Grace'], true],
  ['a member', 'member', ['Grace'], true],
])('%s is offered to leave, or told what must happen first', (_, mine, owners, mayLeave) => {
  render(
    <AsAda>
      <LeaveGroup
        group={group}
        me={{ userId: ADA.id, role: mine }}
        onLeft={() => undefined}
        owners={owners?.map((name) => member(name, 'owner'))}
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
  const canMessage = name !== 'Ada';
  expect(memberChoices(me, member(name, role), group)).toEqual({ roles, canRemove, canMessage });
});

test.each<[string, Member, number, boolean]>([
  ['the other of two', member('Grace'), 2, false],
  ['one of three', member('Grace'), 3, true],
  ['me', member('Ada'), 3, false],
  ['one who is deactivated', gone, 3, false],
])(
  'in a direct group %s has no role to change, and can be written to: %s',
  (_, who, memberCount, canMessage) => {
    const me = { userId: ADA.id, role: 'member' } as const;
    const direct = { kind: 'direct', memberCount } as const;
    expect(memberChoices(me, who, direct)).toEqual({ roles: [], canRemove: false, canMessage });
  },
);

test('a member’s menu opens the direct group with them', async () => {
  const asked: unknown[] = [];
  vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
    asked.push(JSON.parse(String(init.body)));
    return Response.json({ ...group, kind: 'direct', name: '' }, { status: 201 });
  });
  const me = { userId: ADA.id, role: 'member' } as const;
  render(
    <AsAda>
      <MemberRow group={group} me={me} member={member('Grace')} presence={undefined} />
    </AsAda>,
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Options for Grace' }));
  expect(screen.queryByText('Role')).toBeNull();
  await userEvent.click(screen.getByRole('menuitem', { name: 'Message' }));
  await eventually(() => expect(location.pathname).toBe(`/g/${group.id}`));
  expect(asked).toEqual([{ kind: 'direct', memberIds: ['user_grace'] }]);
});

test('who lowers their own role is asked first, and the focus stays on the button meanwhile', async () => {
  const fetched = vi.fn(() => new Promise<Response>(() => undefined));
  vi.stubGlobal('fetch', fetched);
  const me = { userId: ADA.id, role: 'owner' } as const;
  render(
    <AsAda>
      <MemberRow group={group} me={me} member={member('Ada', 'owner')} presence="online" />
    </AsAda>,
  );
  const button = await screen.findByRole<HTMLButtonElement>('button', { name: 'Options for Ada' });
  fireEvent.keyDown(button, { key: 'Enter' });
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Member' }));
  await screen.findByRole('alertdialog', { name: 'Change your role to Member?' });
  expect(fetched).not.toHaveBeenCalled();
  fireEvent.click(screen.getByRole('button', { name: 'Change role' }));
  await vi.waitFor(() => expect(fetched).toHaveBeenCalledOnce());
  // A disabled button would lose the focus.
  expect(button.disabled).toBe(false);
});
