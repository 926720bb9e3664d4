import { useEffect, useEffectEvent } from 'react';
import type { Member } from '../../../protocol/models.ts';
import type { Pages } from '../../api/pages.ts';
import { ShowMore } from '../../ui/controls/show-more.tsx';

/**
 * The end of a list of members of which there are more: fetches the next page when it comes into view. If that fails, the button
 * tries again.
 */
export function MoreMembers({ pages }: { pages: Pages<Member[]> }) {
  const { failure, isFetchingMore, fetchMore } = pages;
  const cameIntoView = useEffectEvent(() => void fetchMore());
  useEffect(() => cameIntoView(), []);
  return (
    <div className="px-5 py-2">
      {failure && <p className="text-secondary text-muted">{failure.detail}</p>}
      <ShowMore isLoading={isFetchingMore} onClick={() => void fetchMore()} />
    </div>
  );
}
