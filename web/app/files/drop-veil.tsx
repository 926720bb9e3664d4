import { Paperclip } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { type FilePlace, filePlaceOf, takeFiles } from './file-place.ts';

/** While files are dragged the browser says so every 50 to 350 ms. After this time they have left, ms. */
const LEFT_AFTER_MS = 500;

/** A veil over the part of the page that takes the files which are dragged over it. It says where they go. */
export function DropVeil({ onEnd }: { onEnd: () => void }) {
  const [place, setPlace] = useState<FilePlace>();
  const end = useRef(onEnd);
  end.current = onEnd;

  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    const leave = () => end.current();
    let timer = setTimeout(leave, LEFT_AFTER_MS * 4);
    document.addEventListener(
      'dragover',
      (event) => {
        clearTimeout(timer);
        timer = setTimeout(leave, LEFT_AFTER_MS);
        const over = filePlaceOf(event.target);
        setPlace((last) => (last?.region === over?.region ? last : over));
        if (!event.dataTransfer) return;
        // Without this the browser would open the file in place of the page.
        event.preventDefault();
        event.dataTransfer.dropEffect = over ? 'copy' : 'none';
      },
      { signal },
    );
    document.addEventListener(
      'drop',
      (event) => {
        event.preventDefault();
        takeFiles(event.target, [...(event.dataTransfer?.files ?? [])]);
        leave();
      },
      { signal },
    );
    return () => {
      clearTimeout(timer);
      listening.abort();
    };
  }, []);

  if (!place) return null;
  const { top, left, width, height } = place.region.getBoundingClientRect();
  return (
    <div
      className="pointer-events-none fixed z-30 animate-fade p-3"
      style={{ top, left, width, height }}
    >
      <div className="flex size-full flex-col items-center justify-center gap-2 rounded-card border-2 border-dashed border-accent-text bg-overlay opacity-95">
        <Paperclip aria-hidden="true" className="text-accent-text" size={28} />
        <p className="text-title font-semibold text-strong">Drop to attach</p>
        <p className="text-secondary text-default">
          <bdi>{place.label}</bdi>
        </p>
      </div>
    </div>
  );
}
