import { PanelRight, Pin } from 'lucide-react';
import { lazy, type ReactNode } from 'react';
import type { Group, Member, PresenceState, User } from '../../../protocol/models.ts';
import { IconButton } from '../../ui/controls/icon-button.tsx';
import { Late } from '../../ui/overlays/late.tsx';
import { AvatarStack } from '../../ui/people/avatar-stack.tsx';
import { GroupIcon } from './group-icon.tsx';
import { BackToGroups } from './group-link.tsx';

const DirectPresence = lazy(() =>
  import('./direct-presence.tsx').then((file) => ({ default: file.DirectPresence })),
);

const CopyGroupLink = lazy(() =>
  import('./share-group.tsx').then((file) => ({ default: file.CopyGroupLink })),
);

/** The header of a group: name, members, and the buttons for threads, pins, link and details. */
export function GroupHeader({
  group,
  name,
  members,
  other,
  presence,
  presentCount,
  isGroupShown,
  open,
  threads,
  onPins,
  onDetails,
}: {
  group: Group;
  /** How the page names the group. */
  name: string;
  members: ReadonlyMap<string, Member>;
  /** The other person in a direct group of two. */
  other: User | undefined;
  /** Of that person, as far as the Room knows. */
  presence: PresenceState | undefined;
  /** How many users are present in a large group. */
  presentCount: number | undefined;
  /** What its first frame can do without follows then. */
  isGroupShown: boolean;
  /** The open panel. */
  open: string | undefined;
  /** The button that opens the list of threads. */
  threads: ReactNode;
  onPins: () => void;
  onDetails: () => void;
}) {
  const isDirect = group.kind === 'direct';
  const people = [...members.values()].slice(0, 3).map(({ user }) => user);
  const noun = group.memberCount === 1 ? 'member' : 'members';
  return (
    <header className="flex h-14 shrink-0 items-center gap-1 border-b border-line px-(--row-gutter) max-desktop:ps-1.5">
      <BackToGroups />
      <div className="flex min-w-0 flex-1 items-center gap-3">
        <h1 className="flex min-w-0 items-center gap-2 font-semibold text-strong">
          {isDirect ? (
            <Late>
              <DirectPresence isInHeader inGroup={presence} person={other} />
            </Late>
          ) : (
            <GroupIcon group={group} />
          )}
          {isDirect || <span className="sr-only">{`${group.visibility} group`}</span>}
          <bdi className="truncate">{name}</bdi>
        </h1>
        <p
          className="min-w-0 flex-1 truncate text-secondary text-muted max-desktop:hidden"
          title={group.topic}
        >
          <bdi>{group.topic}</bdi>
        </p>
      </div>
      <button
        className="flex min-h-9 shrink-0 items-center gap-2 rounded-small px-2 text-secondary text-muted tabular-nums hover:bg-hover hover:text-strong"
        onClick={onDetails}
        title={`${group.memberCount} ${noun}`}
        type="button"
      >
        <AvatarStack people={people} />
        {group.memberCount}
        <span className="sr-only">{`${noun}: open details`}</span>
        {presentCount !== undefined && (
          <span className="max-desktop:hidden">{`· ${presentCount} online`}</span>
        )}
      </button>
      {threads}
      <IconButton aria-expanded={open === 'pins'} label="Pinned messages" onClick={onPins}>
        <Pin aria-hidden="true" size={18} />
      </IconButton>
      <span className="size-9 shrink-0 max-desktop:hidden">
        {isGroupShown && (
          <Late>
            <CopyGroupLink groupId={group.id} />
          </Late>
        )}
      </span>
      <IconButton
        aria-expanded={open === 'details'}
        className="max-desktop:hidden"
        label="Details"
        onClick={onDetails}
      >
        <PanelRight aria-hidden="true" size={18} />
      </IconButton>
    </header>
  );
}
