import type { Failure, Result } from '../../protocol/errors.ts';
import type { FileHints } from '../../protocol/file-requests.ts';
import type { FileReference } from '../../protocol/models.ts';

/** An upload to begin. */
export interface NewUpload {
  /** The id of the file that it becomes, and the name of the object. */
  id: string;
  userId: string;
  /** As the file will be called. */
  name: string;
  /** The media type that the client claims, possibly empty. */
  type: string;
  /** Bytes; undefined if they are known only when all have arrived. */
  size?: number | undefined;
  /** The most bytes that it may have, which count towards the user's storage until the size is known. */
  atMost: number;
  hints: FileHints;
  /** `Upload-Metadata` as the client sent it. */
  metadata?: string | undefined;
}

/** How far an upload is. */
export interface UploadState {
  /** The bytes that are kept. */
  offset: number;
  size?: number | undefined;
  /** When an unfinished upload is dropped, ms UTC. */
  expiresAt: number;
  metadata?: string | undefined;
  /** Set once all bytes have arrived and the file's Room has it. */
  file?: FileReference | undefined;
}

/** The algorithms that a chunk may be checked with. */
export const CHECKSUMS = { sha1: 'SHA-1', sha256: 'SHA-256' } as const;

/** Some bytes of an upload. */
export interface Chunk {
  /** Where they begin. */
  offset: number;
  /** Their number, if the request says so. */
  length?: number | undefined;
  /** Without a match none of the bytes is kept. `digest` is in base64. */
  checksum?: { algorithm: keyof typeof CHECKSUMS; digest: string } | undefined;
  /** The chunk is the whole file: the upload ends with it, or is dropped. */
  isWhole?: boolean | undefined;
}

/** The HTTP status of a failure that has none of its own: the upload is no more (410), or a checksum does not match (460). */
export type UploadStatus = 410 | 460;

/** What became of a request about an upload. `status` replaces that of the failure's code. */
export type UploadResult =
  | { ok: true; value: UploadState }
  | { ok: false; failure: Failure; status?: UploadStatus | undefined };

/**
 * What the Worker may call on an Upload. Requests are handled one at a time, and a new one ends a `write` that is still running:
 * its client has gone, or has lost the race. Another person's upload is `not_found`. This interface only grows, because both
 * versions talk to each other during a deployment.
 */
export interface UploadRpc {
  /** Begins the upload; a repeat returns its state. Fails as `Inbox.reserveStorage` does. */
  create(upload: NewUpload): Promise<UploadResult>;
  /**
   * Adds bytes. `conflict` at another offset than the present one, `too_large` beyond the size. If these are the last bytes, the
   * file is checked and handed to its Room, and a failure is that of the file: the upload is no more then, unless it is
   * `unavailable`. What arrives before a connection is lost is kept.
   */
  write(userId: string, chunk: Chunk, body: ReadableStream<Uint8Array>): Promise<UploadResult>;
  /** Tries to finish an upload whose bytes are all there. */
  state(userId: string): Promise<UploadResult>;
  /** Drops the upload, or the file that it became, unless that was sent. Twice is harmless. */
  abort(userId: string): Promise<Result<null>>;
  /** Whether there is an upload that has neither become a file nor ended. Waits for no other request. */
  isRunning(): Promise<boolean>;
}
