import type { PresenceState } from '../../../protocol/models.ts';
import { classes } from '../classes.ts';

const LOOKS: Record<Exclude<PresenceState, 'offline'>, { label: string; look: string }> = {
  online: { label: 'Online', look: 'bg-success' },
  away: { label: 'Away', look: 'bg-canvas inset-ring-2 inset-ring-warning' },
  dnd: { label: 'Do not disturb', look: 'bg-danger-fill' },
};

/**
 * The presence of a person: a full or a hollow dot, so that it does not depend on colour alone. Nothing for a person who is
 * not in the group: they may be elsewhere in Edgewise.
 */
export function PresenceDot({
  state,
  className,
}: {
  state: PresenceState | undefined;
  className?: string;
}) {
  if (state === undefined || state === 'offline') return null;
  const { label, look } = LOOKS[state];
  return (
    <span
      aria-label={label}
      className={classes('block size-2.5 rounded-pill ring-2 ring-canvas', look, className)}
      role="img"
      title={label}
    />
  );
}
