import type { PresenceState } from '../../../protocol/models.ts';
import { useKnownPresence } from '../../api/presence.ts';
import { PresenceDot } from '../../ui/people/presence-dot.tsx';

/**
 * The presence of the person with whom I have a direct group: what my own socket says of all groups, or else what the Room
 * knows of this one. Loads late, as my own socket opens late.
 */
export function DirectPresence({
  userId,
  inGroup,
  className,
}: {
  userId: string;
  /** What the Room says, where the group is open. */
  inGroup?: PresenceState | undefined;
  className?: string;
}) {
  const known = useKnownPresence(userId);
  const state = known === undefined || known === 'offline' ? (inGroup ?? known) : known;
  return <PresenceDot state={state} {...(className !== undefined && { className })} />;
}
