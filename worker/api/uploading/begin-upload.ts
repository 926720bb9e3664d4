import { v7 as uuidv7 } from 'uuid';
import { fail } from '../../../protocol/errors.ts';
import { fileIdOf } from '../../../protocol/file-id.ts';
import { cleanFileName } from '../../../protocol/file-name.ts';
import type { FileHints } from '../../../protocol/file-requests.ts';
import { FILE_BYTES, UPLOAD_BYTES } from '../../../protocol/limits.ts';
import type { Identity } from '../../auth/identity.ts';
import { systemClock } from '../../clock.ts';
import type { Env } from '../../env.ts';
import { problem } from '../../errors/problem.ts';
import { roomOf } from '../../room/room-of.ts';
import { uploadOf } from '../../upload/upload-of.ts';
import type { UploadResult } from '../../upload/upload-rpc.ts';
import { madeIdFor } from '../made-id.ts';

/** A file that someone wants to upload. */
export interface FileToUpload {
  identity: Identity;
  groupId: string;
  /** As the client names it, possibly empty. */
  name: string;
  type: string;
  hints: FileHints;
  /** Bytes; undefined in a form, which may say only how long it is itself. */
  size: number | undefined;
  /** The most bytes that it may have. */
  atMost: number;
  metadata?: string | undefined;
  idempotencyKey?: string | undefined;
}

/**
 * Begins an upload before any of its bytes are read. Fails as `Room.mayUpload` and `Inbox.reserveStorage` do, and with `conflict`
 * if the key was used for something else. A repeat under the same key returns the upload that is there.
 */
export async function beginUpload(
  env: Env,
  { identity, idempotencyKey, ...file }: FileToUpload,
): Promise<{ id: string; begun: UploadResult }> {
  const { groupId, hints, metadata, type, size, atMost } = file;
  const { userId, sessionId } = identity;
  const may = await roomOf(env, groupId).mayUpload(userId, sessionId);
  if (!may.ok) return { id: '', begun: may };
  const name = cleanFileName(file.name);
  const uuid = await madeIdFor(env.DB, {
    userId,
    key: idempotencyKey,
    body: { groupId, name, type, size: size ?? null },
    madeId: uuidv7(),
    at: systemClock(),
  });
  if (!uuid.ok) return { id: '', begun: uuid };
  const id = fileIdOf(groupId, uuid.value);
  const upload = { id, userId, name, type, size, atMost, hints, metadata };
  return { id, begun: await uploadOf(env, id).create(upload) };
}

/** The failure of a file that is too large for any upload. */
export function fileTooLarge() {
  return fail('too_large', `A file can have at most ${FILE_BYTES / 1024 ** 3} GiB.`);
}

/** The failure of a file that is too large for one request. */
export function requestTooLarge() {
  const megabytes = UPLOAD_BYTES / 1_000_000;
  return fail(
    'too_large',
    `One request can carry at most ${megabytes} MB. Send a larger file in parts to /api/upload/tus.`,
  );
}

/** The response to an upload that failed. */
export function refusedUpload({ failure, status }: Extract<UploadResult, { ok: false }>): Response {
  return problem(failure, status);
}
