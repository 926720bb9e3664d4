import { sizeInWords } from '../../../protocol/size-in-words.ts';
import { useStorage } from '../../api/group-files.ts';

/** How much of their storage the user's files take. */
export function UsedStorage() {
  const { data, failure } = useStorage();
  if (failure) return <p className="text-secondary text-muted">{failure.detail}</p>;
  if (!data) return <div className="h-12" />;
  const { used, limit } = data;
  return (
    <section aria-label="Files" className="flex flex-col gap-1.5">
      <h3 className="font-semibold text-strong">Files</h3>
      <meter
        aria-label="Used storage"
        className="h-2 w-full max-w-80"
        max={limit}
        min={0}
        value={used}
      />
      <p className="text-secondary text-muted tabular-nums">
        Your files take {sizeInWords(used)} of {sizeInWords(limit)}. Delete messages with files to
        make room.
      </p>
    </section>
  );
}
