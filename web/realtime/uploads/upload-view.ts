import type { Failure } from '../../../protocol/errors.ts';

/** How far the upload of a chosen file is, as its tile shows it; replaced as a whole when it changes. */
export type UploadView =
  /** Its metadata is removed and its size is read. */
  | { state: 'preparing' }
  /** Waits for other files, or for a connection. */
  | { state: 'waiting'; isOffline: boolean }
  /** `bytesPerSecond` is 0 while it is not known. */
  | { state: 'uploading'; sent: number; size: number; bytesPerSecond: number }
  | { state: 'done' }
  | { state: 'failed'; failure: Failure };
