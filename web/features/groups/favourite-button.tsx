import { Star, StarOff } from 'lucide-react';
import { useFavourites } from '../../api/favourites.ts';
import { useMyGroups } from '../../api/my-groups.ts';
import { Button } from '../../ui/controls/button.tsx';
import { Notice } from '../../ui/notice.tsx';

/** Makes a group a favourite of mine, or ends that; nothing while my list does not have it. */
export function FavouriteButton({ groupId }: { groupId: string }) {
  const entry = useMyGroups().data?.find(({ group }) => group.id === groupId);
  const { move, failure } = useFavourites();
  if (!entry) return null;
  const isFavourite = entry.favourite !== undefined;
  const Icon = isFavourite ? StarOff : Star;
  return (
    <section className="flex flex-col items-start gap-1">
      <Button className="-ms-3.5" onClick={() => move({ groupId, isRemoved: isFavourite })}>
        <Icon aria-hidden="true" size={16} />
        {isFavourite ? 'Remove from favourites' : 'Add to favourites'}
      </Button>
      {failure && <Notice>Your favourites were not saved. {failure.detail}</Notice>}
    </section>
  );
}
