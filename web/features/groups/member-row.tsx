import { lazy, useEffect } from 'react';
import type { Group, Member, MemberRole, PresenceState } from '../../../protocol/models.ts';
import { Late } from '../../ui/overlays/late.tsx';
import { Avatar } from '../../ui/people/avatar.tsx';
import { PresenceDot } from '../../ui/people/presence-dot.tsx';
import { statusNow } from '../../ui/people/user-status.tsx';
import { memberChoices } from './member-choices.ts';
import { ROLE_NAMES } from './role-names.ts';

const MemberMenu = lazy(() =>
  import('./member-menu.tsx').then((file) => ({ default: file.MemberMenu })),
);

/** One member of a group, with a menu of what I can do with them. */
export function MemberRow({
  group,
  me,
  member,
  presence,
  watch,
}: {
  group: Group;
  me: { userId: string; role: MemberRole };
  member: Member;
  /** Undefined if the Room does not know. */
  presence: PresenceState | undefined;
  /** Called with the user id when the row appears; what it returns, when it disappears. */
  watch?: ((userId: string) => () => void) | undefined;
}) {
  useEffect(() => watch?.(member.userId), [watch, member.userId]);
  const status = statusNow(member.user);
  const choices = memberChoices(me, member, group);
  const isMe = member.userId === me.userId;
  const hasMenu = choices.canRemove || choices.canMessage || choices.roles.length > 0;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-5 py-1.5">
      <span className="relative">
        <Avatar className="size-8" hasCard person={member.user} />
        <PresenceDot className="absolute -end-0.5 -bottom-0.5" state={presence} />
      </span>
      <div className="min-w-0 flex-1">
        <p className="truncate text-strong">
          <button
            className="max-w-full truncate align-bottom hover:underline"
            data-person={member.userId}
            type="button"
          >
            <bdi>{member.user.name}</bdi>
          </button>
          {isMe && <span className="text-muted"> (you)</span>}
        </p>
        <p className="truncate text-meta text-muted">
          <bdi>{status ? `${status.emoji} ${status.text}`.trim() : `@${member.user.handle}`}</bdi>
        </p>
      </div>
      {member.role !== 'member' && (
        <span className="shrink-0 text-meta text-muted">{ROLE_NAMES[member.role]}</span>
      )}
      {hasMenu && (
        <Late fallback={<span className="size-8 shrink-0" />}>
          <MemberMenu choices={choices} groupId={group.id} isMe={isMe} member={member} />
        </Late>
      )}
    </div>
  );
}
