import type { FileKind } from '../protocol/files.ts';

/** A place in the list of sent files: after this one, which was sent with the message at `seq`. */
export interface FilePlace {
  seq: number;
  id: string;
}

/** Which sent files to list; times are ms UTC of the upload. `place` is where the page before ended. */
export interface FileQuery {
  kind?: FileKind | undefined;
  /** The uploader. */
  from?: string | undefined;
  before?: number | undefined;
  after?: number | undefined;
  place?: FilePlace | undefined;
  limit: number;
}
