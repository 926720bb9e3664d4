import { Paperclip, UserPlus } from 'lucide-react';
import { lazy, type ReactNode, useState } from 'react';
import { Virtualizer } from 'virtua';
import type { Group, Member, MemberRole, PresenceState } from '../../../protocol/models.ts';
import { may } from '../../../protocol/permissions.ts';
import type { GroupClient } from '../../realtime/group-client.ts';
import { Button } from '../../ui/controls/button.tsx';
import { ScrollRegion } from '../../ui/controls/scroll-region.tsx';
import { SearchField } from '../../ui/controls/search-field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Late } from '../../ui/overlays/late.tsx';
import { Panel } from '../../ui/overlays/panel.tsx';
import { useSettled } from '../../ui/use-settled.ts';
import { CloseGroup } from './close-group.tsx';
import { FavouriteButton } from './favourite-button.tsx';
import { GroupAbout } from './group-about.tsx';
import { GroupForm } from './group-form.tsx';
import { GroupNotifications } from './group-notifications.tsx';
import { HideConversation } from './hide-conversation.tsx';
import { LeaveGroup } from './leave-group.tsx';
import { MemberRow } from './member-row.tsx';
import { membersByPresence } from './members-by-presence.ts';
import { MoreMembers } from './more-members.tsx';
import { ShareGroup } from './share-group.tsx';
import { useAllMembers } from './use-all-members.ts';
import { useWatchedRows } from './use-watched-rows.ts';

const AddPeopleDialog = lazy(() =>
  import('./add-people-dialog.tsx').then((file) => ({ default: file.AddPeopleDialog })),
);

/**
 * The details panel of a group: name and topic, link, notifications, members, leaving and closing it; of a direct group, its
 * people.
 */
export function GroupDetails({
  group,
  name,
  me,
  members,
  presence,
  presentCount,
  client,
  invite,
  onClose,
  onFiles,
  onLeft,
}: {
  group: Group;
  /** How the page names the group. */
  name: string;
  me: { userId: string; role: MemberRole };
  members: ReadonlyMap<string, Member>;
  presence: ReadonlyMap<string, PresenceState>;
  /** How many users are present in a large group, where `presence` has only those who are watched. */
  presentCount: number | undefined;
  client: Pick<GroupClient, 'watchPresence'>;
  /** Invites people, for those who may. */
  invite: ReactNode;
  onClose: () => void;
  /** Opens the list of the group's files. */
  onFiles: () => void;
  onLeft: () => void;
}) {
  const isDirect = group.kind === 'direct';
  const [isEditing, setEditing] = useState(false);
  const [typed, setTyped] = useState('');
  const query = useSettled(typed.trim());
  const { members: listed, owners, pages } = useAllMembers(group, members, query);
  const isLarge = presentCount !== undefined;
  const sections = membersByPresence(listed, presence, presentCount);
  const watch = useWatchedRows(client, isLarge);
  const mayChange = may(me.role, 'change_group');
  const mayAdd = may(me.role, 'add_members') && group.archivedAt === undefined;
  const [isAdding, setAdding] = useState(false);
  // What stands around the members stays in the page: a click must not meet it while it is made again.
  const last = sections.reduce(
    (at, { title, people }) => at + (title ? 1 : 0) + people.length,
    pages?.hasMore ? 2 : 1,
  );
  return (
    <Panel close="Close details" label="Group details" onClose={onClose} title="Details">
      <ScrollRegion aria-label="Details and members" className="flex-1 overflow-y-auto">
        <Virtualizer keepMounted={[0, last]}>
          <div className="flex flex-col gap-5 px-5 pt-5" key="about">
            {isDirect ? (
              <p className="text-title font-semibold text-strong wrap-anywhere">
                <bdi>{name}</bdi>
              </p>
            ) : (
              <>
                {isEditing ? (
                  <GroupForm group={group} onDone={() => setEditing(false)} />
                ) : (
                  <GroupAbout
                    group={group}
                    {...(mayChange && { onEdit: () => setEditing(true) })}
                  />
                )}
                <ShareGroup group={group} />
                {invite}
              </>
            )}
            <FavouriteButton groupId={group.id} />
            <Button className="self-start" look="outline" onClick={onFiles}>
              <Paperclip aria-hidden="true" size={16} /> Files
            </Button>
            <GroupNotifications groupId={group.id} />
            <div className="flex items-center justify-between gap-2">
              <h3 className="font-semibold text-strong">
                Members{' '}
                <span className="font-normal text-muted tabular-nums">
                  {group.memberCount}
                  {isLarge && ` · ${presentCount} online`}
                </span>
              </h3>
              {mayAdd && (
                <Button onClick={() => setAdding(true)}>
                  <UserPlus aria-hidden="true" size={16} /> Add people
                </Button>
              )}
            </div>
            {pages && (
              <div className="pb-2">
                <SearchField label="Search members" onChange={setTyped} value={typed} />
              </div>
            )}
            {pages?.failure && !pages.data && <Notice>{pages.failure.detail}</Notice>}
            {query !== '' && pages?.data?.length === 0 && (
              <p className="text-secondary text-muted" role="status">
                Nobody’s name begins like this.
              </p>
            )}
          </div>
          {sections.flatMap(({ title, people }) => [
            title && (
              <h4 className="px-5 pt-3 pb-1 text-meta font-semibold text-muted" key={title}>
                {title} <span className="font-normal tabular-nums">{people.length}</span>
              </h4>
            ),
            ...people.map((member) => (
              <MemberRow
                group={group}
                key={member.userId}
                me={me}
                member={member}
                presence={presence.get(member.userId)}
                watch={watch}
              />
            )),
          ])}
          {pages?.hasMore && <MoreMembers key={`after ${pages.data?.length}`} pages={pages} />}
          <div className="flex flex-col items-start gap-3 px-5 py-6" key="leave">
            {isDirect ? (
              <HideConversation groupId={group.id} onHidden={onLeft} />
            ) : (
              <>
                <LeaveGroup group={group} me={me} onLeft={onLeft} owners={owners} />
                <CloseGroup group={group} onDeleted={onLeft} role={me.role} />
              </>
            )}
          </div>
        </Virtualizer>
      </ScrollRegion>
      {isAdding && (
        <Late>
          <AddPeopleDialog group={group} onClose={() => setAdding(false)} />
        </Late>
      )}
    </Panel>
  );
}
