import type { PresenceState } from '../../../protocol/models.ts';
import { useKnownPresence } from '../../api/presence.ts';
import { PresenceDot } from '../../ui/people/presence-dot.tsx';

const WORDS: Record<PresenceState, string> = {
  online: 'Online',
  away: 'Away',
  dnd: 'Do not disturb',
  offline: 'Offline',
};

/** How a person is, in words, where it is known. */
export function PersonPresence({ userId }: { userId: string }) {
  const state = useKnownPresence(userId);
  if (state === undefined) return null;
  return (
    <p className="flex items-center gap-1.5 text-secondary text-default">
      <span aria-hidden="true">
        <PresenceDot state={state} />
      </span>
      {WORDS[state]}
    </p>
  );
}
