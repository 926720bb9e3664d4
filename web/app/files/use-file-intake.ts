import { useEffect, useState } from 'react';

/** Takes files that are pasted anywhere in a group. Returns whether files are dragged over the page, and how to end that. */
export function useFileIntake(): [isDragged: boolean, end: () => void] {
  const [isDragged, setDragged] = useState(false);
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const { clipboardData, target } = event;
      const { files = [], types = [] } = clipboardData ?? {};
      // Office adds a picture of the text that it copies, in a format of its own too. Finder adds only the names of files.
      const isFormatted = types.some((type) => /html|rtf/.test(type));
      const isText = isFormatted && /[^\s\ufffc]/.test(clipboardData?.getData('text/plain') ?? '');
      if (files.length === 0 || isText) return;
      event.preventDefault();
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
