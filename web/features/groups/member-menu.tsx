import { Check, Ellipsis, MessageCircle, UserMinus } from 'lucide-react';
import * as Menu from 'radix-ui/dropdown-menu';
import { useCallback, useState } from 'react';
import { navigate } from 'wouter/use-browser-location';
import type { Member, MemberRole } from '../../../protocol/models.ts';
import { useCreateGroup } from '../../api/groups.ts';
import { useRemoveMember, useSetRole } from '../../api/members.ts';
import { Notice } from '../../ui/notice.tsx';
import { ConfirmDialog } from '../../ui/overlays/confirm-dialog.tsx';
import { MENU_ITEM } from '../../ui/overlays/menu-item.ts';
import type { MemberChoices } from './member-choices.ts';
import { ROLE_NAMES } from './role-names.ts';

const LOOK = 'text-default data-[highlighted]:text-strong';
const LINE = 'my-1.5 h-px bg-line';

/** The menu of a member: writing to them, their role, and removing them. */
export function MemberMenu({
  groupId,
  member,
  isMe,
  choices,
}: {
  groupId: string;
  member: Member;
  isMe: boolean;
  choices: MemberChoices;
}) {
  const setRole = useSetRole(groupId);
  const remove = useRemoveMember(groupId);
  const direct = useCreateGroup();
  /** What the user is asked to confirm: removing the member, or taking this role themselves. */
  const [asked, setAsked] = useState<'removal' | MemberRole>();
  /** The landmark of the list. In the list itself, the members below would cover the menu. */
  const [part, setPart] = useState<Element | null>(null);
  // A new function each time would be called again after each render, and set the state each time.
  const trigger = useCallback((button: HTMLButtonElement | null) => {
    setPart(button?.closest('main, aside') ?? null);
  }, []);
  const { userId, user } = member;
  const failure = setRole.failure ?? remove.failure ?? direct.failure;
  const isManaged = choices.canRemove || choices.roles.length > 0;
  const roles: readonly MemberRole[] = [member.role, ...choices.roles];

  function choose(role: MemberRole): void {
    if (role === member.role) return;
    // My own role can only be lowered, and then I may not raise it again.
    if (isMe) setAsked(role);
    else void setRole.run({ userId, role });
  }

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
          ref={trigger}
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
              <Menu.Item className={`${MENU_ITEM} ${LOOK}`} onSelect={() => void openDirect()}>
                <MessageCircle aria-hidden="true" size={16} /> Message
              </Menu.Item>
            )}
            {choices.canMessage && isManaged && <Menu.Separator className={LINE} />}
            {isManaged && (
              <>
                <Menu.Label className="px-2.5 py-1 text-meta text-muted">Role</Menu.Label>
                {roles.map((role) => (
                  <Menu.Item
                    className={`${MENU_ITEM} ${LOOK}`}
                    key={role}
                    onSelect={() => choose(role)}
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
                <Menu.Item
                  className={`${MENU_ITEM} text-danger`}
                  onSelect={() => setAsked('removal')}
                >
                  <UserMinus aria-hidden="true" size={16} /> Remove from group
                </Menu.Item>
              </>
            )}
          </Menu.Content>
        </Menu.Portal>
      </Menu.Root>
      {failure && (
        <div className="basis-full">
          <Notice>{failure.detail}</Notice>
        </div>
      )}
      {asked === 'removal' && (
        <ConfirmDialog
          confirm="Remove"
          onClose={() => setAsked(undefined)}
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
      {asked !== undefined && asked !== 'removal' && (
        <ConfirmDialog
          confirm="Change role"
          onClose={() => setAsked(undefined)}
          onConfirm={() => void setRole.run({ userId, role: asked })}
          title={`Change your role to ${ROLE_NAMES[asked]}?`}
        >
          You cannot undo this yourself: an owner would have to give you your role back.
        </ConfirmDialog>
      )}
    </>
  );
}
