import type { Member, MemberRole } from '../../../protocol/models.ts';
import { Avatar } from '../../ui/avatar.tsx';

/** What a role is called where it says something; a plain member needs no word. */
const ROLE_NAMES: Record<MemberRole, string | undefined> = {
  owner: 'Owner',
  admin: 'Admin',
  member: undefined,
  guest: 'Guest',
};

/** One person of a group. */
export function MemberRow({ member, isMe }: { member: Member; isMe: boolean }) {
  const role = ROLE_NAMES[member.role];
  return (
    <div className="flex items-center gap-3 px-5 py-1.5">
      <Avatar person={member.user} className="size-8" />
      <div className="min-w-0 flex-1">
        <p className="truncate text-strong">
          {member.user.name}
          {isMe && <span className="text-muted"> (you)</span>}
        </p>
        <p className="truncate text-meta text-muted">@{member.user.handle}</p>
      </div>
      {role !== undefined && <span className="shrink-0 text-meta text-muted">{role}</span>}
    </div>
  );
}
