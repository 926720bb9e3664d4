import { Skeleton } from '../ui/skeleton.tsx';

/** The shape of the page while the session loads. */
export function FrameSkeleton() {
  return (
    <div className="grid h-dvh desktop:grid-cols-[260px_minmax(0,1fr)]">
      <p className="sr-only" role="status">
        Loading
      </p>
      <div className="flex flex-col gap-3 bg-sunken p-4">
        <div className="flex items-center gap-3 pb-4">
          <Skeleton className="size-8 rounded-pill" />
          <Skeleton className="h-4 w-28" />
        </div>
        {['w-32', 'w-24', 'w-40'].map((width) => (
          <Skeleton className={`h-4 ${width}`} key={width} />
        ))}
      </div>
      <div className="max-desktop:hidden">
        <div className="flex h-14 items-center border-b border-line px-4">
          <Skeleton className="h-4 w-40" />
        </div>
      </div>
    </div>
  );
}
