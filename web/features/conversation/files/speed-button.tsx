import { classes } from '../../../ui/classes.ts';

/** The speed of a sound or video; a click takes the next of `speeds`. */
export function SpeedButton({
  speed,
  speeds,
  onChoose,
  className = 'text-muted hover:bg-hover hover:text-strong',
}: {
  speed: number;
  speeds: readonly number[];
  onChoose: (speed: number) => void;
  className?: string;
}) {
  return (
    <button
      aria-label={`Speed: ${speed} times`}
      className={classes(
        'min-h-6 shrink-0 rounded-small px-1.5 text-meta font-semibold tabular-nums',
        className,
      )}
      onClick={() => onChoose(speeds[(speeds.indexOf(speed) + 1) % speeds.length] ?? 1)}
      title="Speed"
      type="button"
    >
      {speed}×
    </button>
  );
}
