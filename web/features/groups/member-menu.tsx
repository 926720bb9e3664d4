import { Check, Ellipsis, MessageCircle, UserMinus } from 'lucide-react';
import * as Menu from 'radix-ui/dropdown-menu';
import { useState } from 'react';
import { navigate } from 'wouter/use-browser-location';
import type { Member, MemberRole } from '../../../protocol/models.ts';
import { useCreateGroup } from '../../api/groups.ts';
import { useRemoveMember, useSetRole } from '../../api/members.ts';
import { Notice } from '../../ui/notice.tsx';
import { ConfirmDialog } from '../../ui/overlays/confirm-dialog.tsx';
import type { MemberChoices } from './member-choices.ts';
import { ROLE_NAMES } from './role-names.ts';

const ITEM =
  'flex min-h-8 pointer-coarse:min-h-11 cursor-default items-center gap-2.5 rounded-small px-2.5 outline-none data-[highlighted]:bg-hover';
const LOOK = 'text-default data-[highlighted]:text-strong';
const LINE = 'my-1.5 h-px bg-line';

/** The menu of a member: writing to them, their role, and removing them. */
export function MemberMenu({
  groupId,
  member,
  choices,
}: {
  groupId: string;
  member: Member;
  choices: MemberChoices;
}) {
  const setRole = useSetRole(groupId);
  const remove = useRemoveMember(groupId);
  const direct = useCreateGroup();
  const [asks, setAsks] = useState(false);
  /** The landmark of the list. In the list itself, the members below would cover the menu. */
  const [part, setPart] = useState<Element | null>(null);
  const { userId, user } = member;
  const failure = setRole.failure ?? remove.failure ?? direct.failure;
  const isManaged = choices.canRemove || choices.roles.length > 0;
  const roles: readonly MemberRole[] = [member.role, ...choices.roles];

  function openDirect() {
    const memberIds = [userId];
    return direct.run({ kind: 'direct', memberIds }, ({ id }) => navigate(`/g/${id}`));
  }

  return (
    <>
      <Menu.Root modal={false}>
        <Menu.Trigger
          aria-label={`Options for ${user.name}`}
          className="grid size-8 shrink-0 place-items-center rounded-small text-muted hover:bg-hover hover:text-strong aria-expanded:bg-hover"
          disabled={setRole.isPending || remove.isPending || direct.isPending}
          ref={(button) => setPart(button?.closest('main, aside') ?? null)}
        >
          <Ellipsis aria-hidden="true" size={16} />
        </Menu.Trigger>
        <Menu.Portal container={part}>
          <Menu.Content
            align="end"
            className="z-50 w-52 animate-enter rounded-card bg-overlay p-1.5 shadow-overlay"
            collisionPadding={8}
            sideOffset={4}
          >
            {choices.canMessage && (
              <Menu.Item className={`${ITEM} ${LOOK}`} onSelect={() => void openDirect()}>
                <MessageCircle aria-hidden="true" size={16} /> Message
              </Menu.Item>
            )}
            {choices.canMessage && isManaged && <Menu.Separator className={LINE} />}
            {isManaged && (
              <>
                <Menu.Label className="px-2.5 py-1 text-meta text-muted">Role</Menu.Label>
                {roles.map((role) => (
                  <Menu.Item
                    className={`${ITEM} ${LOOK}`}
                    key={role}
                    onSelect={() => role !== member.role && void setRole.run({ userId, role })}
                  >
                    <span className="flex-1">{ROLE_NAMES[role]}</span>
                    {role === member.role && (
                      <Check aria-label="Current role" className="text-accent-text" size={16} />
                    )}
                  </Menu.Item>
                ))}
              </>
            )}
            {choices.canRemove && (
              <>
                <Menu.Separator className={LINE} />
                <Menu.Item className={`${ITEM} text-danger`} onSelect={() => setAsks(true)}>
                  <UserMinus aria-hidden="true" size={16} /> Remove from group
                </Menu.Item>
              </>
            )}
          </Menu.Content>
        </Menu.Portal>
      </Menu.Root>
      {failure && <Notice>{failure.detail}</Notice>}
      {asks && (
        <ConfirmDialog
          confirm="Remove"
          onClose={() => setAsks(false)}
          onConfirm={() => void remove.run(userId)}
          title={
            <>
              Remove <bdi>{user.name}</bdi>?
            </>
          }
        >
          They will not see this group any more. What they wrote stays.
        </ConfirmDialog>
      )}
    </>
  );
}
