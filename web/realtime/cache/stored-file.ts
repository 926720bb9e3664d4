import type { FileReference } from '../../../protocol/models.ts';

/** A file that was chosen for a message: what is needed to upload it, also after a reload. */
export interface StoredFile {
  userId: string;
  groupId: string;
  /** In the form of a file's id, but known only to this machine. */
  id: string;
  /** When it was chosen, ms UTC. */
  createdAt: number;
  blob: Blob;
  /** Whether `blob` is what is uploaded: metadata removed, HEIC converted. */
  isPrepared: boolean;
  /** What the browser found out about it. */
  found: Pick<
    FileReference['metadata'],
    'width' | 'height' | 'blurhash' | 'durationMs' | 'waveform'
  >;
  /** The address of its tus upload, once begun. */
  uploadUrl?: string;
  /** The uploaded file. */
  reference?: FileReference;
}
