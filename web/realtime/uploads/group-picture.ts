import { v7 as uuidv7 } from 'uuid';
import { fail, ok, type Result } from '../../../protocol/errors.ts';
import { fileIdOf } from '../../../protocol/file-id.ts';
import type { FileReference } from '../../../protocol/models.ts';
import type { StoredFile } from '../cache/stored-file.ts';
import { prepareFile } from './prepare-file.ts';
import { sendAtOnce } from './send-bytes.ts';
import type { UploadPlace } from './uploads.ts';

/** The side of a group's picture, px: enough for the largest place that shows it, on a fine screen. */
const SIDE = 512;

/** A picture that was chosen for a group. Nothing is uploaded yet. */
export interface ChosenPicture {
  /** Its name for the server: an upload that is repeated creates no second file. */
  id: string;
  blob: Blob;
}

/** The middle of a chosen picture as a square. Fails, in words, if the browser cannot open it. */
export async function squarePicture(groupId: string, file: File): Promise<Result<ChosenPicture>> {
  // It refuses what is too large before anything is decoded, and converts HEIC.
  const prepared = await prepareFile(file, file.name);
  if (!prepared.ok) return prepared;
  try {
    const bitmap = await createImageBitmap(prepared.value.blob);
    const side = Math.min(bitmap.width, bitmap.height);
    const [left, top] = [(bitmap.width - side) / 2, (bitmap.height - side) / 2];
    const size = Math.min(side, SIDE);
    const canvas = new OffscreenCanvas(size, size);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, left, top, side, side, 0, 0, size, size);
    bitmap.close();
    // A browser that cannot write WebP writes PNG.
    const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.9 });
    return ok({ id: fileIdOf(groupId, uuidv7()), blob });
  } catch {
    return fail('invalid', 'This browser cannot open the file as a picture. Choose another one.');
  }
}

/** Uploads a picture for a group. It becomes its picture by a change of the group. */
export async function uploadPicture(
  { session, groupId }: UploadPlace,
  { id, blob }: ChosenPicture,
): Promise<Result<FileReference>> {
  const createdAt = Date.now();
  const { userId } = session;
  const file: StoredFile = { userId, groupId, id, createdAt, blob, isPrepared: true, found: {} };
  const reference: FileReference = {
    id,
    name: `picture.${blob.type === 'image/webp' ? 'webp' : 'png'}`,
    type: blob.type,
    size: blob.size,
    url: '',
    metadata: { uploadedBy: userId, uploadedAt: createdAt },
  };
  const { signal } = new AbortController();
  return await sendAtOnce({ session, file, reference, onProgress: () => undefined, signal });
}
