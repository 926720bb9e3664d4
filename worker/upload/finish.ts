import { type Failure, fail, ok, type Result } from '../../protocol/errors.ts';
import { MediaError } from '../../protocol/media/media-error.ts';
import { canStrip, stripped } from '../../protocol/media/stripped.ts';
import type { FileReference } from '../../protocol/models.ts';
import { fileKey } from '../file-keys.ts';
import { ownedBy } from '../file-owner.ts';
import type { InboxRpc } from '../inbox/inbox-rpc.ts';
import type { RoomRpc } from '../room/room-rpc.ts';
import { mediaTypeOf, SNIFFED_BYTES } from './media-type.ts';
import { putStream } from './put-stream.ts';
import { discardRest, type UploadFiles } from './receive.ts';
import type { Checked, UploadRow } from './upload-store.ts';

/** No browser but Safari shows these, and their metadata is not removed here. */
const REFUSED = /^image\/hei[cf](-sequence)?$/;

/** Recordings of sound in a film's container say where they were made, too. */
const SAME_FORMAT: Readonly<Record<string, string>> = {
  'audio/mp4': 'video/mp4',
  'audio/x-m4a': 'video/mp4',
};

/** The objects that a finished upload is handed to. */
export interface Receivers extends UploadFiles {
  room: Pick<RoomRpc, 'addFile'>;
  inbox: Pick<InboxRpc, 'reserveStorage'>;
}

/**
 * Brings an upload whose bytes have all arrived one step further, which is stored: after a crash the same step runs again.
 * Fails if the file is refused, or if its Room does not take it.
 */
export async function nextStep(
  to: Receivers,
  row: UploadRow,
): Promise<Result<FileReference | null>> {
  if (row.step === 'completing') return complete(to, row);
  if (row.step === 'stored') return check(to, row);
  if (row.checked) return handOver(to, row, row.checked);
  throw new Error(`an upload that is ${row.step} cannot be finished`);
}

async function complete({ store, bucket }: Receivers, row: UploadRow): Promise<Result<null>> {
  const key = fileKey(row.id);
  try {
    await bucket.resumeMultipartUpload(key, row.multipart_id ?? '').complete(store.parts());
  } catch (error) {
    // It may have been completed right before a crash.
    if ((await bucket.head(key))?.size !== row.size) throw error;
  }
  await discardRest(bucket, row.id);
  store.change({ step: 'stored' });
  return ok(null);
}

/** Finds out what the file is, and removes from a picture what its author may not want to publish. */
async function check({ store, bucket }: Receivers, row: UploadRow): Promise<Result<null>> {
  const key = fileKey(row.id);
  const whole = await bucket.get(key);
  if (!whole) throw new Error('the bytes of an upload are missing');
  const type = await mediaTypeOf(await headOf(bucket, key, whole.size), row.type);
  if (REFUSED.test(type)) {
    await whole.body.cancel();
    return fail('invalid', 'Most browsers cannot show HEIC pictures. Convert it to JPEG first.');
  }
  let checked: Checked = { type, size: whole.size, etag: whole.etag };
  const format = SAME_FORMAT[type] ?? type;
  if (canStrip(format)) {
    try {
      const { stream, info } = stripped(format, whole.body);
      const { size, etag } = await putStream(bucket, key, stream, ownedBy(row.user_id));
      const { width, height } = await info;
      checked = { ...checked, size, etag, ...(width && height ? { width, height } : {}) };
    } catch (error) {
      const failure = failureOf(error);
      if (failure) return { ok: false, failure };
      throw error;
    }
  } else {
    await whole.body.cancel();
  }
  store.change({ step: 'checked', checked: JSON.stringify(checked) });
  return ok(null);
}

async function headOf(bucket: R2Bucket, key: string, size: number): Promise<Uint8Array> {
  if (size === 0) return new Uint8Array();
  const range = { offset: 0, length: Math.min(SNIFFED_BYTES, size) };
  const head = await bucket.get(key, { range });
  return new Uint8Array((await head?.arrayBuffer()) ?? []);
}

/** The failure of a picture that cannot be read, undefined for any other error. */
function failureOf(error: unknown): Failure | undefined {
  if (!(error instanceof MediaError)) return undefined;
  return fail(error.code === 'too_large' ? 'too_large' : 'invalid', error.message).failure;
}

/** The Room's answer; null means that nothing was handed over yet. */
async function handOver(
  { store, room, inbox }: Receivers,
  row: UploadRow,
  { type, size, etag, ...measured }: Checked,
): Promise<Result<FileReference>> {
  const { id, user_id: userId, name, hints } = row;
  if (size !== row.at_most) {
    const reserved = await inbox.reserveStorage(id, size);
    if (!reserved.ok) return reserved;
  }
  const added = await room.addFile({ ...hints, ...measured, id, userId, name, type, size, etag });
  if (added.ok) store.change({ step: 'done', file: JSON.stringify(added.value) });
  return added;
}
