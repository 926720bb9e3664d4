import { useLayoutEffect } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { useMyGroups } from '../api/my-groups.ts';
import { TimelineSkeleton } from '../features/conversation/timeline-skeleton.tsx';
import { byActivity } from '../features/groups/by-activity.ts';
import { NoGroups } from '../features/groups/no-groups.tsx';
import { DESKTOP, useMedia } from '../ui/use-media.ts';

/** The front page: on a desktop it goes to the group with the latest message; without any it offers to create or find one. */
export function HomePage({
  onCreate,
  isCreating,
}: {
  onCreate: () => void;
  /** A dialog is open, which leads to the new group itself: a group that appeared below it could not take the focus. */
  isCreating: boolean;
}) {
  const { data: groups, isPending } = useMyGroups();
  const isDesktop = useMedia(DESKTOP);
  const newest = groups?.toSorted(byActivity)[0];
  const place = isDesktop && newest && !isCreating ? `/g/${newest.group.id}` : undefined;
  useLayoutEffect(() => {
    if (place !== undefined) navigate(place, { replace: true });
  }, [place]);
  if (place !== undefined) return null;
  if (!groups) {
    return <main className="flex flex-1">{isPending && <TimelineSkeleton />}</main>;
  }
  return (
    <main className="flex flex-1">{groups.length === 0 && <NoGroups onCreate={onCreate} />}</main>
  );
}
