import { fail } from '../../protocol/errors.ts';
import { fileKey, restKey, restPrefix } from '../file-keys.ts';
import { ownedBy } from '../file-owner.ts';
import { PART_BYTES, PartBuffer } from './part-buffer.ts';
import { piecesOf } from './pieces-of.ts';
import { CHECKSUMS, type Chunk, type UploadStatus } from './upload-rpc.ts';
import type { UploadRow, UploadStore } from './upload-store.ts';

/** Why bytes were not taken; null if they were. */
export type Received = null | (ReturnType<typeof fail> & { status?: UploadStatus });

/** Where an Upload keeps its bytes. */
export interface UploadFiles {
  store: UploadStore;
  bucket: R2Bucket;
}

/** The bytes of one request. `signal` asks to stop. */
export interface Receiving {
  chunk: Chunk;
  body: ReadableStream<Uint8Array>;
  signal: AbortSignal;
}

/**
 * Receives the bytes of one request: full parts go into the multipart upload as they arrive, and what is left when the request
 * ends, or is stopped by `signal`, is kept as an object of its own. With the last byte the file lies under its key. Throws if R2
 * cannot be reached; the bytes that were kept until then stay.
 */
export async function receive(
  { store, bucket }: UploadFiles,
  row: UploadRow,
  { chunk, body, signal }: Receiving,
): Promise<Received> {
  const stored = store.parts();
  const limit = row.size ?? row.at_most;
  const base = stored.length * PART_BYTES;
  const buffer = new PartBuffer(limit - base);
  if (row.rest_size > 0) {
    const key = restKey(row.id, stored.length + 1);
    const rest = await bucket.get(key, { range: { offset: 0, length: row.rest_size } });
    if (!rest) throw new Error('the rest of an upload is missing');
    buffer.take(new Uint8Array(await rest.arrayBuffer()));
  }

  // Parts of a chunk with a checksum count only once it has matched. Another chunk overwrites them otherwise.
  const unconfirmed: R2UploadedPart[] = [];
  const partCount = () => stored.length + unconfirmed.length;
  let multipart =
    row.multipart_id === null
      ? undefined
      : bucket.resumeMultipartUpload(fileKey(row.id), row.multipart_id);
  const putPart = async () => {
    if (!multipart) {
      multipart = await bucket.createMultipartUpload(fileKey(row.id), ownedBy(row.user_id));
      store.change({ multipart_id: multipart.uploadId });
    }
    const part = await multipart.uploadPart(partCount() + 1, buffer.held());
    buffer.clear();
    if (chunk.checksum) {
      unconfirmed.push(part);
    } else {
      stored.push(part);
      store.advance([part], { rest_size: 0 });
    }
  };

  const hash = chunk.checksum && new crypto.DigestStream(CHECKSUMS[chunk.checksum.algorithm]);
  const hashWriter = hash?.getWriter();
  const before = base + row.rest_size;
  const end = { isCut: false };
  let received = 0;
  for await (const piece of piecesOf(body, signal, end)) {
    received += piece.length;
    if (before + received > limit) return tooLong(limit);
    await hashWriter?.write(piece);
    let left = piece;
    while (left.length > 0) {
      if (buffer.isFull) await putPart();
      left = buffer.take(left);
    }
  }
  const isCut = end.isCut || (chunk.length !== undefined && received < chunk.length);

  if (isCut && (chunk.checksum || chunk.isWhole)) return cut();
  if (chunk.checksum && hash) {
    await hashWriter?.close();
    const digest = new Uint8Array(await hash.digest);
    if (btoa(String.fromCharCode(...digest)) !== chunk.checksum.digest) return mismatch();
    if (unconfirmed.length > 0) store.advance(unconfirmed, { rest_size: 0 });
    stored.push(...unconfirmed.splice(0));
  }

  const total = stored.length * PART_BYTES + buffer.length;
  if (total === row.size || (chunk.isWhole && !isCut)) {
    await putLast({ store, bucket }, row, { buffer, multipart, partCount: stored.length, total });
  } else if (buffer.isFull) {
    await putPart();
  } else if (buffer.length > 0) {
    await bucket.put(restKey(row.id, stored.length + 1), buffer.held());
    store.change({ rest_size: buffer.length });
  }
  return isCut && total !== row.size ? cut() : null;
}

interface LastPart {
  buffer: PartBuffer;
  multipart: R2MultipartUpload | undefined;
  /** How many parts are stored before it. */
  partCount: number;
  /** The size of the file. */
  total: number;
}

/** Stores the last bytes. A file that is smaller than a part needs no multipart upload. */
async function putLast(
  { store, bucket }: UploadFiles,
  row: UploadRow,
  { buffer, multipart, partCount, total }: LastPart,
): Promise<void> {
  if (!multipart) {
    await bucket.put(fileKey(row.id), buffer.held(), ownedBy(row.user_id));
    store.change({ step: 'stored', size: total, rest_size: 0 });
    return;
  }
  const last =
    buffer.length === 0 ? [] : [await multipart.uploadPart(partCount + 1, buffer.held())];
  store.advance(last, { step: 'completing', size: total, rest_size: 0 });
}

/** Drops everything that R2 keeps of an upload that did not become a file. */
export async function discard({ store, bucket }: UploadFiles, row: UploadRow): Promise<void> {
  if (row.multipart_id !== null) {
    const multipart = bucket.resumeMultipartUpload(fileKey(row.id), row.multipart_id);
    // One that was completed or aborted before cannot be aborted.
    await multipart.abort().catch(() => undefined);
  }
  await bucket.delete(fileKey(row.id));
  await discardRest(bucket, row.id);
  store.restart();
}

/** Deletes the objects of what did not fill a part. */
export async function discardRest(bucket: R2Bucket, id: string): Promise<void> {
  const { objects } = await bucket.list({ prefix: restPrefix(id) });
  if (objects.length > 0) await bucket.delete(objects.map(({ key }) => key));
}

function tooLong(limit: number): Received {
  const detail = `The request has more bytes than the upload may have (${limit}). Send only the rest of the file.`;
  return fail('too_large', detail);
}

function mismatch(): Received {
  const detail = 'The bytes changed on their way. Send them again.';
  return { ...fail('invalid', detail), status: 460 };
}

function cut(): Received {
  return fail(
    'conflict',
    'The request broke off, or another one took its place. Ask for the offset and go on from there.',
  );
}
