import type { UploadView } from '../../../realtime/uploads/uploads.ts';

/** How far an upload is, as a line. */
export function ProgressLine({ view }: { view: UploadView | undefined }) {
  if (view?.state !== 'uploading') return null;
  const percent = view.size === 0 ? 100 : Math.floor((view.sent / view.size) * 100);
  return (
    <div
      aria-label="Upload"
      aria-valuemax={100}
      aria-valuemin={0}
      aria-valuenow={percent}
      className="h-1 bg-neutral-5"
      role="progressbar"
    >
      <div className="h-full bg-accent transition-[width]" style={{ width: `${percent}%` }} />
    </div>
  );
}
