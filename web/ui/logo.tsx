import { classes } from './classes.ts';

/** The mark of Edgewise. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg aria-hidden="true" className={classes('shrink-0', className)} viewBox="0 0 32 32">
      <rect className="fill-accent" height="32" rx="8" width="32" />
      <path
        className="stroke-on-accent"
        d="M9 9.5h14M9 16h9M9 22.5h14"
        strokeLinecap="round"
        strokeWidth="3.2"
      />
    </svg>
  );
}
