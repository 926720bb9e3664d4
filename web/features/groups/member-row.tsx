import type { Member, MemberRole, PresenceState } from '../../../protocol/models.ts';
import { Avatar } from '../../ui/people/avatar.tsx';
import { PresenceDot } from '../../ui/people/presence-dot.tsx';
import { statusNow } from '../../ui/people/user-status.tsx';

/** The labels of the roles; a plain member has none. */
const ROLE_NAMES: Record<MemberRole, string | undefined> = {
  owner: 'Owner',
  admin: 'Admin',
  member: undefined,
  guest: 'Guest',
};

/** One member of a group. */
export function MemberRow({
  member,
  isMe,
  presence,
}: {
  member: Member;
  isMe: boolean;
  /** Undefined if the Room does not know. */
  presence: PresenceState | undefined;
}) {
  const status = statusNow(member.user);
  const role = ROLE_NAMES[member.role];
  return (
    <div className="flex items-center gap-3 px-5 py-1.5">
      <span className="relative">
        <Avatar person={member.user} className="size-8" />
        <PresenceDot className="absolute -end-0.5 -bottom-0.5" state={presence} />
      </span>
      <div className="min-w-0 flex-1">
        <p className="truncate text-strong">
          <bdi>{member.user.name}</bdi>
          {isMe && <span className="text-muted"> (you)</span>}
        </p>
        <p className="truncate text-meta text-muted">
          <bdi>{status ? `${status.emoji} ${status.text}`.trim() : `@${member.user.handle}`}</bdi>
        </p>
      </div>
      {role !== undefined && <span className="shrink-0 text-meta text-muted">{role}</span>}
    </div>
  );
}
