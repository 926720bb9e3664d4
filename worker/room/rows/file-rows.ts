import * as z from 'zod/mini';
import { FileMetadata, type FileReference } from '../../../protocol/models.ts';

/** What the row of a file holds of it as JSON: all that nothing is looked up by. */
export const StoredMetadata = z.omit(FileMetadata, { uploadedBy: true, uploadedAt: true });
export type StoredMetadata = z.infer<typeof StoredMetadata>;

/** A file of the group, whether or not it was sent. Only its uploader may see it before, so a row takes no rev. */
export interface StoredFile {
  id: string;
  userId: string;
  name: string;
  /** Media type. */
  type: string;
  /** Bytes. */
  size: number;
  /** Of its bytes. */
  etag: string;
  /** Ms UTC. */
  uploadedAt: number;
  metadata: StoredMetadata;
  /** The message that it was sent with; null until then. */
  messageSeq: number | null;
  /** Since when nobody may fetch it, ms UTC: its bytes are to be erased, and its row stays until they are. */
  goneAt: number | null;
}

/** A row of `files`, column by column. */
export type FileRow = {
  id: string;
  user_id: string;
  name: string;
  type: string;
  size: number;
  etag: string;
  uploaded_at: number;
  metadata: string;
  message_seq: number | null;
  gone_at: number | null;
  version: number;
};

/** Throws if the stored metadata is not what the schema says. */
export function storedFileOf(row: FileRow): StoredFile {
  return {
    id: row.id,
    userId: row.user_id,
    name: row.name,
    type: row.type,
    size: row.size,
    etag: row.etag,
    uploadedAt: row.uploaded_at,
    metadata: StoredMetadata.parse(JSON.parse(row.metadata)),
    messageSeq: row.message_seq,
    goneAt: row.gone_at,
  };
}

/** The file as its message shows it. */
export function referenceOf(file: StoredFile): FileReference {
  const { id, name, type, size, userId, uploadedAt, metadata } = file;
  return {
    id,
    name,
    type,
    size,
    url: `/api/files/${id}`,
    metadata: { uploadedBy: userId, uploadedAt, ...metadata },
  };
}
