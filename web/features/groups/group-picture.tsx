import { type ReactNode, useState } from 'react';
import { fileSession, useFileSession } from '../../api/file-session.ts';
import { useSignedIn } from '../../session/use-session.ts';
import { classes } from '../../ui/classes.ts';

/** A width that the server makes, px: enough for the details on a fine screen. */
const WIDTH = 320;

/**
 * The picture of a group, over its mark. It takes the place of the mark in the layout, so that nothing moves, and is hidden
 * until it is loaded; where it cannot be, the mark stays. It reaches over the mark by 3 px, or by what `--picture` says.
 */
export function GroupPicture({
  imageId,
  children: mark,
}: {
  imageId: string;
  /** The mark. */
  children: ReactNode;
}) {
  const isReady = useFileSession();
  const session = useSignedIn();
  const [loaded, setLoaded] = useState<string>();
  /** The picture that failed last, and how often. */
  const [failed, setFailed] = useState({ imageId, times: 0 });
  const times = failed.imageId === imageId ? failed.times : 0;

  async function retry(): Promise<void> {
    // The first time the cookie may have ended.
    if (times === 0) await fileSession(session, { fresh: true });
    setFailed({ imageId, times: times + 1 });
  }

  const isShown = loaded === imageId && times < 2;
  return (
    <span className="relative grid shrink-0 place-items-center">
      <span className={classes('contents', isShown && '*:opacity-0')}>{mark}</span>
      {isReady && times < 2 && (
        <img
          alt=""
          className={classes(
            'absolute inset-[var(--picture,-3px)] size-[calc(100%-2*var(--picture,-3px))] max-w-none rounded-small object-cover',
            !isShown && 'opacity-0',
          )}
          draggable={false}
          key={`${imageId} ${times}`}
          onError={() => void retry()}
          onLoad={() => setLoaded(imageId)}
          src={`/api/files/${imageId}?w=${WIDTH}`}
        />
      )}
    </span>
  );
}
