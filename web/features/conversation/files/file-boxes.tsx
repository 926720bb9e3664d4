import type { CSSProperties } from 'react';
import type { FileReference } from '../../../../protocol/models.ts';

/** The box of a file in a message: `BOX` and `boxOf` together. */
export const BOX = 'relative max-h-80 min-h-6 max-w-full overflow-hidden rounded-card';

/**
 * The size of a file's box. It follows from what is stored, so that a message has its height before anything of it is loaded:
 * one picture (`isOnly`) as it is, several as squares, texts with some of their lines, sounds and documents as tiles. A text
 * that is being uploaded is a tile until it is read (`isRead`).
 */
export function boxOf(
  { type, size, url, metadata: { width = 640, height = 360 } }: FileReference,
  isOnly: boolean,
  isRead = url !== '',
): CSSProperties {
  if (!isVisual(type)) {
    const own = isText(type, size)
      ? [480, !isRead ? 56 : size < 200 ? 120 : 240]
      : [360, /^audio/.test(type) ? 88 : 56];
    // A row of its own, also beside a picture.
    return { width: own[0], height: own[1], marginInlineEnd: `max(0px, 100% - ${own[0]}px)` };
  }
  if (!isOnly) return { width: 150, height: 150 };
  const ratio = width / height;
  return {
    width: Math.max(48, Math.min(width, 360, 320 * ratio)),
    aspectRatio: ratio,
  };
}

/** Whether only one of these files is shown as a picture. It has the size of its own, also beside a document. */
export function hasOnePicture(files: readonly FileReference[]): boolean {
  return files.filter(({ type }) => isVisual(type)).length === 1;
}

/** Whether files of this type are shown as pictures. SVG is none: it can run scripts. */
export function isVisual(type: string): boolean {
  return /^(?:image\/(?!svg)|video)/.test(type);
}

/** Whether the beginning of a file of this type and size is shown as text. */
export function isText(type: string, size: number): boolean {
  return size <= 1e6 && /^text|(json|script|yaml|toml|sql|x-sh)$/.test(type);
}

/** The empty boxes of the files of a message, while the code that fills them loads. */
export function FileBoxes({ files }: { files: readonly FileReference[] }) {
  return (
    <div className="mt-1 flex flex-wrap gap-1">
      {files.map((file) => (
        <div className={BOX} key={file.id} style={boxOf(file, hasOnePicture(files))} />
      ))}
    </div>
  );
}
