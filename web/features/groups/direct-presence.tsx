import type { PresenceState, User } from '../../../protocol/models.ts';
import { useKnownPresence } from '../../api/presence.ts';
import { PresenceDot } from '../../ui/people/presence-dot.tsx';

/** At the corner of the picture in the list, over the link and not part of its name. */
const AT_PICTURE =
  'pointer-events-none absolute start-5 top-5 max-desktop:start-10 max-desktop:top-10';

/**
 * The presence of the person with whom I have a direct group: what my own socket says of all groups, or else what the Room
 * knows of this one. Loads late, as my own socket opens late.
 */
export function DirectPresence({
  person,
  inGroup,
  isInHeader = false,
}: {
  /** Undefined while it is not known who that is. */
  person: User | undefined;
  /** What the Room says, where the group is open. */
  inGroup?: PresenceState | undefined;
  /** In the header of the group, and not in the list. */
  isInHeader?: boolean;
}) {
  const known = useKnownPresence(person?.id ?? '');
  const state = known === undefined || known === 'offline' ? (inGroup ?? known) : known;
  return <PresenceDot className={isInHeader ? 'shrink-0' : AT_PICTURE} state={state} />;
}
