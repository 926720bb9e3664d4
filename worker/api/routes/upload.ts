import { Hono } from 'hono';
import { UploadQuery } from '../../../protocol/file-requests.ts';
import { UPLOAD_BYTES } from '../../../protocol/limits.ts';
import { signedIn } from '../../auth/guards.ts';
import { problem } from '../../errors/problem.ts';
import { uploadOf } from '../../upload/upload-of.ts';
import type { AppEnv } from '../request/app-env.ts';
import { readIdempotencyKey } from '../request/idempotency-key.ts';
import { readQuery } from '../request/read-query.ts';
import { sessionHolds } from '../request/session-holds.ts';
import { beginUpload, refusedUpload, requestTooLarge } from '../uploading/begin-upload.ts';
import { incomingFile, lengthOf } from '../uploading/incoming-file.ts';
import { leave, passTo } from '../uploading/passed-on.ts';

/** `POST /api/upload`: a file in one request, as a form or as a raw body. */
export const upload = new Hono<AppEnv>().post('/api/upload', signedIn, sessionHolds, async (c) => {
  const query = readQuery(c, UploadQuery);
  if (!query.ok) return problem(query.failure);
  const key = readIdempotencyKey(c);
  if (!key.ok) return problem(key.failure);
  const length = lengthOf(c.req.raw);
  if (length !== undefined && length > UPLOAD_BYTES) return problem(requestTooLarge().failure);
  const file = await incomingFile(c.req.raw);
  if (!file.ok) return problem(file.failure);

  const { identity } = c.var;
  const { name, type, hints, size } = file.value;
  const { id, begun } = await beginUpload(c.env, {
    identity,
    groupId: query.value.groupId,
    ...{ name, type, hints, size },
    // A form is longer than its file.
    atMost: length ?? UPLOAD_BYTES,
    idempotencyKey: key.value,
  });
  if (!begun.ok || begun.value.file) {
    await leave(file.value);
    return begun.ok ? Response.json(begun.value.file, { status: 201 }) : refusedUpload(begun);
  }
  const chunk = { offset: 0, length: size, isWhole: true };
  const written = await passTo(file.value, (body) =>
    uploadOf(c.env, id).write(identity.userId, chunk, body),
  );
  return written.ok ? Response.json(written.value.file, { status: 201 }) : refusedUpload(written);
});
