import { Skeleton } from '../../ui/skeleton.tsx';

const LINES = [
  ['w-24', 'w-3/5'],
  ['w-32', 'w-4/5'],
  ['w-20', 'w-2/5'],
  ['w-28', 'w-3/4'],
  ['w-24', 'w-1/2'],
] as const;

/** The placeholder of a timeline that loads. */
export function TimelineSkeleton() {
  return (
    <div className="flex flex-1 flex-col justify-end gap-6 overflow-hidden px-(--row-gutter) pb-4">
      <p className="sr-only" role="status">
        Loading messages
      </p>
      {LINES.map(([name, text]) => (
        <div className="flex max-w-(--column) gap-3" key={name + text}>
          <Skeleton className="size-9 shrink-0 rounded-pill" />
          <div className="flex flex-1 flex-col gap-2 pt-1">
            <Skeleton className={`h-3 ${name}`} />
            <Skeleton className={`h-3.5 ${text}`} />
          </div>
        </div>
      ))}
    </div>
  );
}
