import { lazy, useEffect, useState } from 'react';
import type { CardPlace } from '../features/people/person-card.tsx';
import { Late } from '../ui/overlays/late.tsx';

const PersonCard = lazy(() =>
  import('../features/people/person-card.tsx').then((file) => ({ default: file.PersonCard })),
);

const NAMES = '[data-person], [data-mention]';
const GROUP_PATH = /^\/g\/([^/]+)/;

/** Opens the card of a person when an element that names one (`data-person`, or a mention) is clicked, wherever it is. */
export function PersonCardHost() {
  const [shown, setShown] = useState<{ userId: string; place: CardPlace | undefined }>();
  useEffect(() => {
    function onClick(event: MouseEvent): void {
      const place =
        event.target instanceof Element ? event.target.closest<HTMLElement>(NAMES) : null;
      const userId = place?.dataset['person'] ?? place?.dataset['mention'];
      // A drag across a name selects text. `@all` and `@here` name nobody.
      if (!userId?.startsWith('user_') || !getSelection()?.isCollapsed) return;
      const groupId = GROUP_PATH.exec(location.pathname)?.[1];
      const isInThread = place?.closest('aside') !== null;
      const parentId = isInThread ? new URLSearchParams(location.search).get('thread') : null;
      setShown({ userId, place: groupId === undefined ? undefined : { groupId, parentId } });
    }
    document.addEventListener('click', onClick);
    return () => document.removeEventListener('click', onClick);
  }, []);
  if (!shown) return null;
  return (
    <Late>
      <PersonCard {...shown} key={shown.userId} onClose={() => setShown(undefined)} />
    </Late>
  );
}
