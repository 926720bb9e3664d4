import { Pause, Play } from 'lucide-react';
import type { FileReference } from '../../../../protocol/models.ts';
import { previewOf } from '../../../realtime/uploads/previews.ts';
import { usePlayback } from '../../conversation/files/use-playback.ts';

/** The button over the tile of a sound that plays it before it is sent. */
export function TileSound({ file: { id, name, url } }: { file: FileReference }) {
  const src = previewOf(id) ?? (url === '' ? undefined : url);
  const { audio, isPlaying, hasFailed, toggle } = usePlayback(src);
  if (src === undefined || hasFailed) return null;
  const label = `${isPlaying ? 'Pause' : 'Play'} ${name}`;
  return (
    <>
      <audio {...audio} />
      <button
        aria-label={label}
        className="absolute inset-x-0 top-5 mx-auto grid size-10 place-items-center rounded-pill bg-accent text-on-accent shadow-field hover:bg-accent-hover"
        onClick={toggle}
        title={label}
        type="button"
      >
        {isPlaying ? <Pause aria-hidden="true" size={18} /> : <Play aria-hidden="true" size={18} />}
      </button>
    </>
  );
}
