import { X } from 'lucide-react';
import { useState } from 'react';
import { Virtualizer } from 'virtua';
import type { Group, Member, MemberRole } from '../../../protocol/models.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { useReturnFocus } from '../../ui/use-return-focus.ts';
import { GroupAbout } from './group-about.tsx';
import { GroupForm } from './group-form.tsx';
import { LeaveGroup } from './leave-group.tsx';
import { MemberRow } from './member-row.tsx';
import { ShareGroup } from './share-group.tsx';
import { useAllMembers } from './use-all-members.ts';

/** Who may change a group's name and topic; the Room decides, this only hides what it would refuse. */
const MAY_CHANGE: readonly MemberRole[] = ['owner', 'admin'];

/** The panel beside the timeline: what the group is, its link, its members, and the way out. */
export function GroupDetails({
  group,
  me,
  members,
  onClose,
  onLeft,
}: {
  group: Group;
  me: { userId: string; role: MemberRole };
  members: ReadonlyMap<string, Member>;
  onClose: () => void;
  onLeft: () => void;
}) {
  useReturnFocus();
  const [isEditing, setEditing] = useState(false);
  const everyone = useAllMembers(group, members);
  const mayChange = MAY_CHANGE.includes(me.role);
  return (
    <aside
      aria-label="Group details"
      className="absolute inset-0 z-20 flex flex-col border-line bg-canvas desktop:left-auto desktop:w-95 desktop:border-l desktop:max-wide:shadow-overlay wide:static"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || isEditing) return;
        event.preventDefault();
        onClose();
      }}
    >
      <header className="flex h-14 shrink-0 items-center justify-between border-b border-line pr-2 pl-5">
        <h2 className="font-semibold text-strong">Details</h2>
        <IconButton autoFocus label="Close details" onClick={onClose}>
          <X aria-hidden="true" size={18} />
        </IconButton>
      </header>
      <ScrollRegion aria-label="Details and members" className="flex-1 overflow-y-auto">
        <Virtualizer>
          <div className="flex flex-col gap-5 px-5 pt-5" key="about">
            {isEditing ? (
              <GroupForm group={group} onDone={() => setEditing(false)} />
            ) : (
              <GroupAbout group={group} {...(mayChange && { onEdit: () => setEditing(true) })} />
            )}
            <ShareGroup group={group} />
            <h3 className="text-meta font-semibold text-muted">
              Members <span className="font-normal tabular-nums">{group.memberCount}</span>
            </h3>
          </div>
          {everyone.map((member) => (
            <MemberRow isMe={member.userId === me.userId} key={member.userId} member={member} />
          ))}
          <div className="px-5 py-6" key="leave">
            <LeaveGroup group={group} onLeft={onLeft} />
          </div>
        </Virtualizer>
      </ScrollRegion>
    </aside>
  );
}
