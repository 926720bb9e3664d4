import { lazy } from 'react';
import type { Group } from '../../../protocol/models.ts';
import { Late } from '../../ui/overlays/late.tsx';
import { GroupIcon } from './group-icon.tsx';

const ShareGroup = lazy(() =>
  import('./share-group.tsx').then((file) => ({ default: file.ShareGroup })),
);

/** The top of a group's history. In a new group it offers the first actions. */
export function GroupStart({
  group,
  name,
  isGroupShown,
}: {
  group: Group;
  /** How the page names the group. */
  name: string;
  /** What its first frame can do without follows then. */
  isGroupShown: boolean;
}) {
  const isDirect = group.kind === 'direct';
  return (
    <header className="flex flex-col gap-3 px-(--row-gutter) pt-10 pb-2">
      <span className="grid size-12 place-items-center rounded-card bg-accent-tint">
        <GroupIcon group={group} size={24} />
      </span>
      <div className="flex max-w-(--column) flex-col gap-1 wrap-anywhere">
        <h2 className="text-title font-semibold text-strong">
          This is the beginning of {isDirect && 'your conversation with '}
          <bdi>{name}</bdi>
        </h2>
        <p className="text-muted" dir="auto">
          {isDirect
            ? 'Only the people in it can read it.'
            : group.topic === ''
              ? 'Say hello, or bring someone along.'
              : group.topic}
        </p>
      </div>
      {!isDirect && (
        // As high as what it waits for, because the list is measured before.
        <div className="min-h-16">
          {isGroupShown && (
            <Late>
              <ShareGroup group={group} />
            </Late>
          )}
        </div>
      )}
    </header>
  );
}
