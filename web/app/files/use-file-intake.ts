import { useEffect, useState } from 'react';

/** Takes files that are pasted anywhere in a group. Returns whether files are dragged over the page, and how to end that. */
export function useFileIntake(): [isDragged: boolean, end: () => void] {
  const [isDragged, setDragged] = useState(false);
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const { files = [], types = [] } = event.clipboardData ?? {};
      // Office adds a picture of the text that it copies.
      if (files.length === 0 || (types.includes('text/plain') && types.includes('text/html')))
        return;
      event.preventDefault();
      const { target } = event;
      const pasted = [...files];
      void import('./file-place.ts').then(({ takeFiles }) => takeFiles(target, pasted));
    };
    const onDrag = ({ dataTransfer }: DragEvent) => {
      if (dataTransfer?.types.includes('Files')) setDragged(true);
    };
    document.addEventListener('paste', onPaste);
    document.addEventListener('dragenter', onDrag);
    return () => {
      document.removeEventListener('paste', onPaste);
      document.removeEventListener('dragenter', onDrag);
    };
  }, []);
  return [isDragged, () => setDragged(false)];
}
