import { useEffect, useState } from 'react';
import { requestOfComposer } from '../../ui/composer-requests.ts';
import { filePlaceOf } from './file-place.ts';

/** Takes files that are pasted anywhere in a group. Returns whether files are dragged over the page, and how to end that. */
export function useFileIntake(): [isDragged: boolean, end: () => void] {
  const [isDragged, setDragged] = useState(false);
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    const onPaste = (event: ClipboardEvent) => {
      const { files, types } = event.clipboardData ?? {};
      // Office adds a picture of the text that it copies.
      const isText = types?.includes('text/plain') && types.includes('text/html');
      const place = filePlaceOf(event.target);
      if (!files?.length || isText || !place) return;
      event.preventDefault();
      requestOfComposer({ type: 'files', ...place, files: [...files] });
    };
    const onDrag = ({ dataTransfer }: DragEvent) => {
      if (dataTransfer?.types.includes('Files')) setDragged(true);
    };
    document.addEventListener('paste', onPaste, { signal });
    document.addEventListener('dragenter', onDrag, { signal });
    return () => listening.abort();
  }, []);
  return [isDragged, () => setDragged(false)];
}
